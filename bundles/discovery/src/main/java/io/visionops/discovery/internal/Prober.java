package io.visionops.discovery.internal;

import io.visionops.discovery.internal.ProbeMessage.Kind;
import io.visionops.support.network.Deadline;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks who is there, over UDP, and listens. On every network of this computer at once: it may have
 * one for its cameras and one for the office. Stateless.
 */
final class Prober {

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    /** UDP loses datagrams, most of all when fifty cameras answer together. */
    private static final List<Duration> SENDS =
            List.of(Duration.ZERO, Duration.ofMillis(200), Duration.ofMillis(700));

    /** One more than any network has good reason for. */
    private static final int DATAGRAMS = 5000;

    private final InetSocketAddress group;

    /**
     * @param group 239.255.255.250:3702, but in tests
     */
    Prober(InetSocketAddress group) {
        this.group = group;
    }

    /**
     * Asks all that hear it, until the deadline or until that is cancelled.
     *
     * @return the number of networks that were asked
     */
    int everyone(Deadline until, Cancellation cancellation, Consumer<Announcement> found)
            throws IOException {
        try (Selector selector = Selector.open()) {
            List<DatagramChannel> channels = new ArrayList<>();
            try {
                for (NetworkInterface network : networks()) {
                    open(network, selector, channels);
                }
                if (!channels.isEmpty()) {
                    talk(selector, channels, group, until, cancellation, () -> false, found);
                }
                return channels.size();
            } finally {
                close(channels);
            }
        }
    }

    /** Asks one host, until it answers, the deadline, or until that is cancelled. */
    Optional<Announcement> one(InetAddress host, Deadline until, Cancellation cancellation)
            throws IOException {
        List<Announcement> heard = new ArrayList<>();
        try (Selector selector = Selector.open();
                DatagramChannel channel = DatagramChannel.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            talk(
                    selector,
                    List.of(channel),
                    new InetSocketAddress(host, group.getPort()),
                    until,
                    cancellation,
                    () -> !heard.isEmpty(),
                    heard::add);
        }
        return heard.stream().findFirst();
    }

    private static List<NetworkInterface> networks() throws SocketException {
        List<NetworkInterface> usable = new ArrayList<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (network.isUp() && network.supportsMulticast() && !network.isPointToPoint()) {
                usable.add(network);
            }
        }
        return usable;
    }

    private static void open(
            NetworkInterface network, Selector selector, List<DatagramChannel> channels) {
        for (InetAddress own : Collections.list(network.getInetAddresses())) {
            if (!(own instanceof Inet4Address)) {
                continue;
            }
            try {
                DatagramChannel channel =
                        DatagramChannel.open(java.net.StandardProtocolFamily.INET);
                channels.add(channel);
                channel.configureBlocking(false);
                channel.bind(new InetSocketAddress(own, 0));
                channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
                channel.register(selector, SelectionKey.OP_READ);
            } catch (IOException e) {
                LOG.debug("cannot look for cameras on {}: {}", network.getName(), e.toString());
            }
        }
    }

    private static void close(List<DatagramChannel> channels) {
        for (DatagramChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing a socket failed", e);
            }
        }
    }

    private static void talk(
            Selector selector,
            List<DatagramChannel> channels,
            SocketAddress to,
            Deadline until,
            Cancellation cancellation,
            BooleanSupplier enough,
            Consumer<Announcement> found)
            throws IOException {
        Set<String> ids = new HashSet<>();
        List<Deadline> sends =
                SENDS.stream().map(after -> Deadline.in(until.ticker(), after)).toList();
        int sent = 0;
        int heard = 0;
        ByteBuffer memory = ByteBuffer.allocate(65_536);
        Runnable wake = selector::wakeup;
        cancellation.onCancel(wake);
        try {
            while (!until.isPast()
                    && heard < DATAGRAMS
                    && !enough.getAsBoolean()
                    && !cancellation.isCancelled()
                    && !Thread.currentThread().isInterrupted()) {
                if (sent < sends.size() && sends.get(sent).isPast()) {
                    send(channels, to, ids);
                    sent++;
                }
                int wait = sent < sends.size() ? sends.get(sent).millis() : until.millis();
                selector.select(Math.min(wait, until.millis()));
                for (SelectionKey key : selector.selectedKeys()) {
                    heard += receive((DatagramChannel) key.channel(), memory, ids, found);
                }
                selector.selectedKeys().clear();
            }
        } finally {
            cancellation.forget(wake);
        }
    }

    private static void send(List<DatagramChannel> channels, SocketAddress to, Set<String> ids) {
        for (Kind kind : Kind.values()) {
            String id = "urn:uuid:" + UUID.randomUUID();
            ids.add(id);
            byte[] probe = ProbeMessage.probe(id, kind);
            for (DatagramChannel channel : channels) {
                try {
                    channel.send(ByteBuffer.wrap(probe), to);
                } catch (IOException e) {
                    // One network that is down is no reason to leave the others out.
                    LOG.debug("a probe could not be sent: {}", e.toString());
                }
            }
        }
    }

    private static int receive(
            DatagramChannel channel,
            ByteBuffer memory,
            Set<String> ids,
            Consumer<Announcement> found) {
        int heard = 0;
        try {
            memory.clear();
            for (SocketAddress from = channel.receive(memory);
                    from != null && heard < DATAGRAMS;
                    from = channel.receive(memory.clear())) {
                heard++;
                memory.flip();
                byte[] datagram = new byte[memory.remaining()];
                memory.get(datagram);
                InetAddress sender = ((InetSocketAddress) from).getAddress();
                try {
                    ProbeMessage.matches(datagram, sender, ids).forEach(found);
                } catch (DeviceException e) {
                    LOG.debug("{} {}", sender.getHostAddress(), e.line());
                }
            }
        } catch (IOException e) {
            // A host without a listener answers by ICMP: nothing to hear from it.
            LOG.debug("nothing to be heard: {}", e.toString());
        }
        return heard;
    }
}

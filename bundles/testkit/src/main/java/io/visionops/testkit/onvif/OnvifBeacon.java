package io.visionops.testkit.onvif;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The UDP side of devices: answers probes, over real sockets. */
public final class OnvifBeacon implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("MessageID[^>]*>([^<]+)<");

    private final MulticastSocket socket;
    private final List<Match> matches;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<String> habit = answer -> answer;

    /** A device that is told of. */
    public record Match(String endpoint, String name, String addresses) {}

    private OnvifBeacon(MulticastSocket socket, List<Match> matches) {
        this.socket = socket;
        this.matches = List.copyOf(matches);
        Thread thread = new Thread(this::serve, "onvif-beacon");
        thread.setDaemon(true);
        thread.start();
    }

    /** On loopback, to be asked directly. */
    public static OnvifBeacon direct(int port, List<Match> matches) throws IOException {
        return new OnvifBeacon(
                new MulticastSocket(
                        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port)),
                matches);
    }

    /** In a multicast group, on one network. */
    public static OnvifBeacon inGroup(
            InetSocketAddress group, NetworkInterface network, List<Match> matches)
            throws IOException {
        MulticastSocket socket = new MulticastSocket(group.getPort());
        socket.joinGroup(group, network);
        socket.setNetworkInterface(network);
        return new OnvifBeacon(socket, matches);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** Changes each answer before it is sent. */
    public OnvifBeacon behaving(UnaryOperator<String> change) {
        habit = change;
        return this;
    }

    private void serve() {
        byte[] memory = new byte[65_536];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(memory, memory.length);
                socket.receive(packet);
                String probe =
                        new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                heard.add(probe);
                Matcher id = ID.matcher(probe);
                if (!probe.contains("Probe>") || !id.find()) {
                    continue;
                }
                for (Match match : matches) {
                    byte[] answer =
                            habit.apply(answer(match, id.group(1)))
                                    .getBytes(StandardCharsets.UTF_8);
                    socket.send(
                            new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private static String answer(Match match, String probe) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"
                 xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"
                 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"
                 xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><SOAP-ENV:Header>
                <wsa:MessageID>urn:uuid:6f2a5c30-0000-4000-8000-000000000001</wsa:MessageID>
                <wsa:RelatesTo>%s</wsa:RelatesTo></SOAP-ENV:Header><SOAP-ENV:Body><d:ProbeMatches>
                <d:ProbeMatch><wsa:EndpointReference><wsa:Address>%s</wsa:Address>
                </wsa:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types>
                <d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/%s
                </d:Scopes><d:XAddrs>%s</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion>
                </d:ProbeMatch></d:ProbeMatches></SOAP-ENV:Body></SOAP-ENV:Envelope>
                """
                .formatted(probe, match.endpoint(), match.name(), match.addresses());
    }

    @Override
    public void close() {
        socket.close();
    }

    /** A network of this computer that carries multicast and has an IPv4 address, if any. */
    public static List<NetworkInterface> networks() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(
                            network -> {
                                try {
                                    return network.isUp()
                                            && network.supportsMulticast()
                                            && !network.isPointToPoint()
                                            && network.inetAddresses()
                                                    .anyMatch(one -> one.getAddress().length == 4);
                                } catch (IOException e) {
                                    return false;
                                }
                            })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

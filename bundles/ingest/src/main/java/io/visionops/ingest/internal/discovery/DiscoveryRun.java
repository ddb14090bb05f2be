package io.visionops.ingest.internal.discovery;

import io.visionops.api.discovery.Device;
import io.visionops.api.discovery.DiscoveryException;
import io.visionops.api.discovery.Search;
import io.visionops.support.network.Deadline;
import io.visionops.support.network.Words;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One search. Devices are asked side by side while others are still being found. */
final class DiscoveryRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryRun.class);

    private static final int THREADS = 16;
    private static final int DEVICES = 256;

    /** Ports at which nobody serves plain HTTP. */
    private static final Set<Integer> SECURE = Set.of(443, 8443);

    /**
     * Devices answer within half a second; a host that does not is asked without being told how.
     */
    private static final Duration UNICAST = Duration.ofMillis(900);

    /** For the answer to be put together. */
    private static final Duration RESERVE = Duration.ofMillis(200);

    private final Prober prober;
    private final List<Integer> ports;
    private final Clock clock;
    private final RandomGenerator random;
    private final Search search;
    private final Deadline deadline;
    private final ExecutorService threads;

    DiscoveryRun(
            Prober prober,
            List<Integer> ports,
            Clock clock,
            RandomGenerator random,
            Search search,
            Deadline deadline) {
        this.prober = prober;
        this.ports = ports;
        this.clock = clock;
        this.random = random;
        this.search = search;
        this.deadline = deadline;
        this.threads = threads();
    }

    private static ExecutorService threads() {
        return DaemonThreads.pool(
                "visionops-ingest-discover", THREADS, DEVICES, Duration.ofSeconds(1));
    }

    /** A device that is being asked; {@code unanswered} is for when it does not answer in time. */
    private record Pending(Future<Device> answer, Device unanswered) {}

    /** All that hear a probe. */
    List<Device> everyone() throws DiscoveryException {
        // By identity: a device may be heard on several networks, and it answers each probe.
        Map<String, Pending> found = new LinkedHashMap<>();
        // Two of five seconds are for those that answer last.
        Deadline listening = deadline.atMost(search.limit().multipliedBy(3).dividedBy(5));
        try {
            int networks =
                    prober.everyone(
                            listening,
                            one -> {
                                if (found.size() < DEVICES && !found.containsKey(one.endpoint())) {
                                    found.put(one.endpoint(), pending(one));
                                }
                            });
            if (networks == 0) {
                throw new DiscoveryException(
                        "this computer has no network that carries multicast: name the hosts of the"
                                + " cameras");
            }
        } catch (IOException e) {
            throw new DiscoveryException("the networks cannot be searched: " + e.getMessage(), e);
        }
        return answers(List.copyOf(found.values()));
    }

    private Pending pending(Announcement one) {
        String host = Announcement.host(one.from());
        return pending(() -> ask(one), host, named(one));
    }

    /** Those that were named. */
    List<Device> hosts(List<HostQuestion> hosts) {
        List<Pending> asked = new ArrayList<>();
        for (HostQuestion host : hosts.stream().distinct().toList()) {
            asked.add(pending(() -> ask(host), host.host(), ""));
        }
        return answers(asked);
    }

    private Pending pending(Callable<Device> question, String host, String name) {
        Device unanswered = broken(host, name, "does not answer in time");
        try {
            return new Pending(threads.submit(question), unanswered);
        } catch (RejectedExecutionException e) {
            LOG.debug("no room to ask {}", host, e);
            Device unasked = broken(host, name, "was not asked: name its host to ask it alone");
            return new Pending(CompletableFuture.completedFuture(unasked), unasked);
        }
    }

    private List<Device> answers(List<Pending> pending) {
        List<Device> devices = new ArrayList<>();
        for (Pending one : pending) {
            devices.add(answer(one));
        }
        devices.sort(Comparator.comparing(Device::host));
        return List.copyOf(devices);
    }

    private Device answer(Pending one) {
        try {
            return one.answer().get(deadline.millis() + RESERVE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException e) {
            return one.unanswered();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return one.unanswered();
        } catch (ExecutionException e) {
            LOG.warn("asking {} failed", one.unanswered().host(), e.getCause());
            return broken(one.unanswered().host(), one.unanswered().name(), "" + e.getCause());
        }
    }

    private static Device broken(String host, String name, String problem) {
        return new Device(
                host, name, "", "", List.of(), Optional.of("the device " + problem), List.of());
    }

    private static String named(Announcement one) {
        return Words.line(one.scope("name"));
    }

    private Device ask(Announcement one) {
        Optional<ServiceUrl> service = one.service();
        String host = Announcement.host(one.from());
        if (service.isEmpty()) {
            return broken(
                    host,
                    named(one),
                    "names no address of its own that begins with http:// or https://");
        }
        List<String> notes =
                one.foreign()
                        .map(
                                other ->
                                        List.of(
                                                "it says that it is at "
                                                        + other
                                                        + ", but it answered from "
                                                        + host
                                                        + ": asked there"))
                        .orElse(List.of());
        OnvifClient conversation;
        try {
            conversation = greeted(one.from(), service.get(), Soap.CALL);
        } catch (DeviceException e) {
            return conversation(one.from(), service.get())
                    .device(named(one), Optional.of("the device " + e.line()), notes);
        }
        return interview(conversation, named(one), notes);
    }

    /** Of all places to which a device may send us, its own secure port is one to go to, once. */
    private OnvifClient greeted(InetAddress address, ServiceUrl service, Duration patience)
            throws DeviceException {
        OnvifClient conversation = conversation(address, service);
        try {
            conversation.greet(patience);
            return conversation;
        } catch (DeviceException.Moved e) {
            ServiceUrl place = e.place().filter(ServiceUrl::isSecure).orElseThrow(() -> e);
            String literal = Announcement.host(address);
            if (!place.host().equals(service.host()) && !place.host().equals(literal)) {
                throw e;
            }
            OnvifClient secure = conversation(address, place.at(service.host()));
            secure.greet(patience);
            return secure;
        }
    }

    private OnvifClient conversation(InetAddress address, ServiceUrl service) {
        Soap soap = new Soap(address, search.login(), clock, random, deadline);
        return new OnvifClient(soap, service, address, clock, search.width());
    }

    private static Device interview(OnvifClient conversation, String name, List<String> notes) {
        try {
            conversation.interview();
            return conversation.device(name, Optional.empty(), notes);
        } catch (DeviceException e) {
            return conversation.device(name, Optional.of("the device " + e.line()), notes);
        }
    }

    private Device ask(HostQuestion question) {
        InetAddress address;
        try {
            address = InetAddress.getByName(question.host());
        } catch (UnknownHostException e) {
            return broken(question.host(), "", "has a name that is not known");
        }
        Optional<Announcement> heard = Optional.empty();
        if (question.port() == 0) {
            heard = unicast(address);
            if (heard.isPresent() && heard.get().service().isPresent()) {
                return ask(heard.get());
            }
        }
        return knock(question, address);
    }

    private Optional<Announcement> unicast(InetAddress address) {
        try {
            return prober.one(address, deadline.atMost(UNICAST));
        } catch (IOException e) {
            LOG.debug("{} cannot be probed: {}", address, e.toString());
            return Optional.empty();
        }
    }

    /** Tries where device services usually are. */
    private Device knock(HostQuestion question, InetAddress address) {
        List<Integer> doors = question.port() == 0 ? ports : List.of(question.port());
        String last = "";
        // A door that drops what comes must leave time for the others.
        Duration patience =
                doors.size() == 1
                        ? Soap.CALL
                        : Duration.ofMillis(deadline.millis()).dividedBy(doors.size() + 1L);
        for (int port : doors) {
            String scheme = SECURE.contains(port) ? "https" : "http";
            ServiceUrl service =
                    new ServiceUrl(scheme, question.host(), port, "/onvif/device_service");
            OnvifClient conversation;
            try {
                conversation = greeted(address, service, patience);
            } catch (DeviceException e) {
                last = e.line();
                continue;
            }
            return interview(conversation, "", List.of());
        }
        return broken(
                question.host(),
                "",
                question.port() == 0
                        ? "does not answer as ONVIF does at the ports "
                                + String.join(", ", doors.stream().map(String::valueOf).toList())
                                + ": name its port as HOST:PORT"
                        : last);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

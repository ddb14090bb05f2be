package io.visionops.discovery.internal;

import io.visionops.api.discovery.Device;
import io.visionops.api.discovery.Search;
import io.visionops.support.network.Deadline;
import io.visionops.support.network.Words;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the service of a device and asks it; whatever happens there is an answer, with one line
 * about what is missing. Thread-safe: the devices of a search are asked side by side.
 */
final class DeviceInquiry {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceInquiry.class);

    /** Ports at which nobody serves plain HTTP. */
    private static final Set<Integer> SECURE = Set.of(443, 8443);

    /**
     * Devices answer within half a second; a host that does not is asked without being told how.
     */
    private static final Duration UNICAST = Duration.ofMillis(900);

    private final Prober prober;
    private final List<Integer> ports;
    private final Clock clock;
    private final RandomGenerator random;
    private final Search search;
    private final Deadline deadline;
    private final Cancellation cancellation;

    /**
     * @param ports where a device service may be when nobody says so, the likeliest first
     */
    DeviceInquiry(
            Prober prober,
            List<Integer> ports,
            Clock clock,
            RandomGenerator random,
            Search search,
            Deadline deadline,
            Cancellation cancellation) {
        this.prober = prober;
        this.ports = ports;
        this.clock = clock;
        this.random = random;
        this.search = search;
        this.deadline = deadline;
        this.cancellation = cancellation;
    }

    /** What is said of a device of which nothing else is known. */
    static Device broken(String host, String name, String problem) {
        return new Device(
                host, name, "", "", List.of(), Optional.of("the device " + problem), List.of());
    }

    /** Its name, as it announces it. */
    static String named(Announcement one) {
        return Words.line(one.scope("name"));
    }

    /** One that was heard, which says itself where it is. */
    Device ask(Announcement one) {
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
        } catch (MovedException e) {
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
        HttpPost http = new HttpPost(cancellation);
        Soap soap = new Soap(http, address, search.login(), clock, random, deadline);
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

    /** One that was named: where it is may have to be found out. */
    Device ask(HostQuestion question) {
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
        return ask(question, address);
    }

    private Optional<Announcement> unicast(InetAddress address) {
        try {
            return prober.one(address, deadline.atMost(UNICAST), cancellation);
        } catch (IOException e) {
            LOG.debug("{} cannot be probed: {}", address, e.toString());
            return Optional.empty();
        }
    }

    /** Tries where device services usually are. */
    private Device ask(HostQuestion question, InetAddress address) {
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
}

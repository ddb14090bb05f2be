package io.visionops.discovery.internal;

import io.visionops.api.discovery.Device;
import io.visionops.api.discovery.Device.Stream;
import io.visionops.support.network.Words;
import java.net.InetAddress;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks one device, service by service, for what it is and for its streams. Whatever it names, only
 * its own address is called: a device must not make us call others. Used by one thread.
 */
final class OnvifClient {

    /** Recorders have a channel or two a camera. */
    private static final int STREAMS = 64;

    private static final Duration OFF = Duration.ofSeconds(30);

    private static final String DEVICE = "http://www.onvif.org/ver10/device/wsdl";
    private static final String MEDIA = "http://www.onvif.org/ver10/media/wsdl";
    private static final String MEDIA2 = "http://www.onvif.org/ver20/media/wsdl";
    private static final String SCHEMA = "http://www.onvif.org/ver10/schema";

    private final Soap soap;
    private final ServiceUrl device;
    private final Set<String> own;
    private final Clock clock;
    private final int width;

    private String manufacturer = "";
    private String model = "";
    private final List<Stream> streams = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param device its device service
     * @param address what its host is resolved to
     * @param width of the pictures that will be analysed
     */
    OnvifClient(Soap soap, ServiceUrl device, InetAddress address, Clock clock, int width) {
        this.soap = soap;
        this.device = device;
        this.own = new HashSet<>(List.of(device.host(), Announcement.host(address)));
        this.clock = clock;
        this.width = width;
    }

    /**
     * The first words, which need no login.
     *
     * @throws DeviceException when no ONVIF device is there
     */
    void greet(Duration patience) throws DeviceException {
        Xml answer = soap.ask(device, "<GetSystemDateAndTime xmlns=\"" + DEVICE + "\"/>", patience);
        answer.find("UTCDateTime").flatMap(OnvifClient::time).ifPresent(this::compareClocks);
    }

    private static Optional<Instant> time(Xml said) {
        try {
            return Optional.of(
                    LocalDateTime.of(
                                    (int) said.number("Date", "Year"),
                                    (int) said.number("Date", "Month"),
                                    (int) said.number("Date", "Day"),
                                    (int) said.number("Time", "Hour"),
                                    (int) said.number("Time", "Minute"),
                                    (int) said.number("Time", "Second"))
                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void compareClocks(Instant theirs) {
        Duration ahead = Duration.between(clock.instant(), theirs);
        soap.useClockAhead(ahead);
        if (ahead.abs().compareTo(OFF) > 0) {
            notes.add(
                    "its clock is "
                            + ahead.abs().toSeconds()
                            + " s "
                            + (ahead.isNegative() ? "behind" : "ahead of")
                            + " this computer's");
        }
    }

    /** The rest; what fails is in the answer. */
    void interview() throws DeviceException {
        identify();
        Services services = services();
        DeviceException failure = null;
        for (ServiceUrl media : services.media()) {
            try {
                profiles(media, MEDIA);
            } catch (DeviceException.Refused e) {
                throw e;
            } catch (DeviceException e) {
                failure = e;
            }
        }
        if (streams.isEmpty()) {
            for (ServiceUrl media : services.media2()) {
                profiles(media, MEDIA2);
            }
        }
        if (streams.isEmpty()) {
            throw failure != null ? failure : new DeviceException("names no video streams");
        }
    }

    private void identify() throws DeviceException {
        try {
            Xml answer = soap.call(device, "<GetDeviceInformation xmlns=\"" + DEVICE + "\"/>");
            manufacturer = Words.line(answer.text("Manufacturer"));
            model = Words.line(answer.text("Model"));
        } catch (DeviceException.Unsupported e) {
            // Then it has no name.
            manufacturer = "";
        }
    }

    /** Where the streams are told; the newer service knows H.265. */
    private record Services(List<ServiceUrl> media, List<ServiceUrl> media2) {}

    private Services services() throws DeviceException {
        List<ServiceUrl> media = new ArrayList<>();
        List<ServiceUrl> media2 = new ArrayList<>();
        try {
            Xml answer =
                    soap.call(
                            device,
                            "<GetServices xmlns=\""
                                    + DEVICE
                                    + "\"><IncludeCapability>false</IncludeCapability>"
                                    + "</GetServices>");
            for (Xml service : answer.all("Service")) {
                List<ServiceUrl> to =
                        switch (service.text("Namespace")) {
                            case MEDIA -> media;
                            case MEDIA2 -> media2;
                            default -> new ArrayList<>();
                        };
                own(service.text("XAddr")).ifPresent(to::add);
            }
        } catch (DeviceException.Unsupported e) {
            Xml answer =
                    soap.call(
                            device,
                            "<GetCapabilities xmlns=\""
                                    + DEVICE
                                    + "\"><Category>Media</Category></GetCapabilities>");
            own(answer.text("Media", "XAddr")).ifPresent(media::add);
        }
        return new Services(first(media), first(media2));
    }

    private static List<ServiceUrl> first(List<ServiceUrl> places) {
        return places.subList(0, Math.min(1, places.size()));
    }

    /** A service at the device itself, whatever host it names. */
    private Optional<ServiceUrl> own(String address) {
        return ServiceUrl.parse(address)
                .filter(ServiceUrl::isWeb)
                .map(
                        place -> {
                            if (own.contains(place.host())) {
                                return place.at(device.host());
                            }
                            foreign(place.host());
                            return new ServiceUrl(
                                    device.scheme(), device.host(), device.port(), place.path());
                        });
    }

    private void foreign(String host) {
        String note =
                "it names the address "
                        + Words.line(host)
                        + ", which is not where it was found: taken as its own";
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    private void profiles(ServiceUrl media, String service) throws DeviceException {
        Xml answer =
                soap.call(
                        media,
                        service.equals(MEDIA)
                                ? "<GetProfiles xmlns=\"" + MEDIA + "\"/>"
                                : "<GetProfiles xmlns=\""
                                        + MEDIA2
                                        + "\"><Type>VideoEncoder</Type></GetProfiles>");
        List<Xml> profiles = answer.all("Profiles");
        for (Xml profile : profiles.subList(0, Math.min(STREAMS, profiles.size()))) {
            Optional<Xml> encoder =
                    profile.find("VideoEncoderConfiguration")
                            .or(() -> profile.find("VideoEncoder"));
            String token = profile.attribute("token");
            if (encoder.isPresent() && !token.isEmpty() && token.length() <= ServiceUrl.LENGTH) {
                streamIfTold(media, service, token, profile, encoder.get());
            }
        }
    }

    /** One profile that is broken does not hide the others. */
    private void streamIfTold(
            ServiceUrl media, String service, String token, Xml profile, Xml encoder)
            throws DeviceException {
        try {
            stream(media, service, token, profile, encoder);
        } catch (DeviceException.Refused e) {
            throw e;
        } catch (DeviceException e) {
            if (soap.isOutOfTime()) {
                throw e;
            }
            notes.add("its profile " + Words.line(token) + ": the device " + e.line());
        }
    }

    private void stream(ServiceUrl media, String service, String token, Xml profile, Xml encoder)
            throws DeviceException {
        Xml answer =
                soap.call(
                        media,
                        service.equals(MEDIA)
                                ? "<GetStreamUri xmlns=\""
                                        + MEDIA
                                        + "\"><StreamSetup><Stream xmlns=\""
                                        + SCHEMA
                                        + "\">RTP-Unicast</Stream><Transport xmlns=\""
                                        + SCHEMA
                                        + "\"><Protocol>RTSP</Protocol></Transport></StreamSetup>"
                                        + "<ProfileToken>"
                                        + UsernameToken.escaped(token)
                                        + "</ProfileToken></GetStreamUri>"
                                : "<GetStreamUri xmlns=\""
                                        + MEDIA2
                                        + "\"><Protocol>RTSP</Protocol><ProfileToken>"
                                        + UsernameToken.escaped(token)
                                        + "</ProfileToken></GetStreamUri>");
        Optional<ServiceUrl> said =
                ServiceUrl.parse(answer.text("Uri"))
                        .filter(place -> place.scheme().matches("rtsps?|https?"));
        if (said.isEmpty()) {
            notes.add("its profile " + Words.line(token) + " has no address that can be used");
            return;
        }
        if (!own.contains(said.get().host())) {
            foreign(said.get().host());
        }
        String name = Words.line(profile.text("Name"));
        streams.add(
                new Stream(
                        name.isEmpty() ? Words.line(token) : name,
                        Words.line(encoder.text("Encoding")),
                        (int) encoder.number("Resolution", "Width"),
                        (int) encoder.number("Resolution", "Height"),
                        encoder.number("RateControl", "FrameRateLimit"),
                        said.get().at(device.host()).url(),
                        false));
    }

    /** What is known so far. */
    Device device(String name, Optional<String> problem, List<String> more) {
        List<String> all = new ArrayList<>(more);
        all.addAll(notes);
        return new Device(
                device.host(),
                name,
                manufacturer,
                model,
                StreamChoice.mark(streams, width),
                problem,
                all);
    }
}

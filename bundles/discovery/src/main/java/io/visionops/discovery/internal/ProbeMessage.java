package io.visionops.discovery.internal;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The words of WS-Discovery (April 2005), which is what ONVIF devices speak. */
final class ProbeMessage {

    private static final String ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    private static final String DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery";

    /** Some answer only the one, some only the other. */
    enum Kind {
        TRANSMITTER("http://www.onvif.org/ver10/network/wsdl", "NetworkVideoTransmitter"),
        DEVICE("http://www.onvif.org/ver10/device/wsdl", "Device");

        private final String namespace;
        private final String type;

        Kind(String namespace, String type) {
            this.namespace = namespace;
            this.type = type;
        }
    }

    private ProbeMessage() {}

    /**
     * @param id {@code urn:uuid:...}; answers name it
     */
    static byte[] probe(String id, Kind kind) {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                        + "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\""
                        + ADDRESSING
                        + "\"><s:Header><a:Action s:mustUnderstand=\"1\">"
                        + DISCOVERY
                        + "/Probe</a:Action><a:MessageID>"
                        + id
                        + "</a:MessageID><a:ReplyTo><a:Address>"
                        + ADDRESSING
                        + "/role/anonymous</a:Address></a:ReplyTo><a:To s:mustUnderstand=\"1\">"
                        + "urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header><s:Body>"
                        + "<d:Probe xmlns:d=\""
                        + DISCOVERY
                        + "\"><d:Types xmlns:t=\""
                        + kind.namespace
                        + "\">t:"
                        + kind.type
                        + "</d:Types></d:Probe></s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The devices that a datagram tells of; none when it is no answer to one of our probes, or not
     * about ONVIF devices.
     *
     * @throws DeviceException when it is no proper XML
     */
    static List<Announcement> matches(byte[] datagram, InetAddress from, Set<String> probes)
            throws DeviceException {
        Xml document = Xml.parse(datagram);
        String relates = document.text("Header", "RelatesTo");
        if (!relates.isEmpty() && !probes.contains(relates)) {
            return List.of();
        }
        List<Announcement> found = new ArrayList<>();
        for (Xml match : document.all("ProbeMatch")) {
            List<String> scopes = list(match.text("Scopes"));
            boolean onvif =
                    match.text("Types").contains("NetworkVideoTransmitter")
                            || scopes.stream().anyMatch(scope -> scope.startsWith("onvif://"));
            if (onvif) {
                String endpoint = match.text("EndpointReference", "Address");
                found.add(
                        new Announcement(
                                endpoint.isEmpty() ? from.getHostAddress() : endpoint,
                                from,
                                scopes,
                                list(match.text("XAddrs"))));
            }
        }
        return found;
    }

    private static List<String> list(String words) {
        return Arrays.stream(words.split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }
}

package io.visionops.discovery.internal;

import io.visionops.support.network.Words;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A device that answered a probe.
 *
 * @param endpoint its identity, the same on all its addresses
 * @param from where the answer came from: the only address of it that is believed
 * @param scopes what it says of itself
 * @param addresses of its device service, as it says
 */
record Announcement(
        String endpoint, InetAddress from, List<String> scopes, List<String> addresses) {

    Announcement {
        scopes = List.copyOf(scopes);
        addresses = List.copyOf(addresses);
    }

    /** What a scope says, such as {@code name}; empty when there is none. */
    String scope(String kind) {
        String start = "onvif://www.onvif.org/" + kind + "/";
        return scopes.stream()
                .filter(scope -> scope.regionMatches(true, 0, start, 0, start.length()))
                .map(scope -> decoded(scope.substring(start.length())))
                .findFirst()
                .orElse("");
    }

    private static String decoded(String scope) {
        try {
            return URLDecoder.decode(scope.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return scope;
        }
    }

    /** The device service, at the address that the answer came from; HTTPS if there is no other. */
    Optional<ServiceUrl> service() {
        String host = host(from);
        List<ServiceUrl> named =
                addresses.stream()
                        .flatMap(address -> ServiceUrl.parse(address).stream())
                        .filter(ServiceUrl::isWeb)
                        .sorted(Comparator.comparing(ServiceUrl::isSecure))
                        .toList();
        return named.stream()
                .filter(place -> place.host().equals(host))
                .findFirst()
                .or(() -> named.stream().findFirst().map(place -> place.at(host)));
    }

    /** An address that it gives for its own, though it is known by another alone. */
    Optional<String> foreign() {
        List<String> hosts =
                addresses.stream()
                        .flatMap(address -> ServiceUrl.parse(address).stream())
                        .map(ServiceUrl::host)
                        .distinct()
                        .toList();
        return hosts.isEmpty() || hosts.contains(host(from))
                ? Optional.empty()
                : Optional.of(Words.line(hosts.get(0)));
    }

    /** As it is written in an address: without the interface of this computer. */
    static String host(InetAddress address) {
        return address.getHostAddress().replaceAll("%.*", "");
    }
}

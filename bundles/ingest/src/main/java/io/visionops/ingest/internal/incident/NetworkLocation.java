package io.visionops.ingest.internal.incident;

import io.visionops.support.network.HostLookup;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where on the network a camera is.
 *
 * @param host as its address names it
 * @param named the host is a name and not an IP address
 * @param subnet /24 of IPv4, /64 of IPv6; empty while the name is not resolved
 */
record NetworkLocation(String host, boolean named, Optional<String> subnet) {

    private static final int V6_PREFIX = 8;

    /**
     * @param resolved the address of the host, if known
     */
    static NetworkLocation of(String host, Optional<InetAddress> resolved) {
        return new NetworkLocation(
                host, !HostLookup.isLiteral(host), resolved.map(NetworkLocation::subnet));
    }

    private static String subnet(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean v4 = address instanceof Inet4Address;
        for (int i = v4 ? bytes.length - 1 : V6_PREFIX; i < bytes.length; i++) {
            bytes[i] = 0;
        }
        try {
            String prefix = InetAddress.getByAddress(bytes).getHostAddress();
            return v4 ? prefix + "/24" : prefix.replaceAll("(:0)+$", "::") + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of the same length", e);
        }
    }

    boolean isIn(FailureDomain scope) {
        return switch (scope.kind()) {
            case HOST -> host.equals(scope.name());
            case SUBNET -> subnet.filter(scope.name()::equals).isPresent();
            case NAMES -> named;
            case ALL, OWN -> true;
        };
    }
}

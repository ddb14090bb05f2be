package io.visionops.login.internal.guard;

import org.apache.karaf.jaas.boot.principal.ClientPrincipal;

/**
 * Who wants to log in, as far as the door tells.
 *
 * @param user the name as it was typed
 * @param known whether there is a user of that name
 * @param door ssh, webconsole, http for our own pages, or shell for a change of user within it
 * @param address without its port; empty when the door tells none
 */
public record Visitor(String user, boolean known, String door, String address) {

    /** The door of our own pages. */
    public static final String HTTP = "http";

    /** Karaf's web console. */
    public static final String WEB_CONSOLE = "webconsole";

    private static final String LOOPBACK_V4 = "127.";

    public static Visitor of(String user, boolean known, Iterable<ClientPrincipal> clients) {
        for (ClientPrincipal client : clients) {
            return new Visitor(user, known, client.getMethod(), withoutPort(client.getAddress()));
        }
        return new Visitor(user, known, "shell", "");
    }

    /** Through a tunnel or a reverse proxy everybody comes from here. */
    public boolean isLocal() {
        return address.isEmpty()
                || address.startsWith(LOOPBACK_V4)
                || address.equals("localhost")
                || address.equals("0:0:0:0:0:0:0:1")
                || address.equals("::1");
    }

    /** A browser does, and who scrapes metrics, so that their requests are no logins. */
    public boolean sendsPasswordEachTime() {
        return door.equals(WEB_CONSOLE) || door.equals(HTTP);
    }

    /** The ssh server writes /127.0.0.1:4711, the web console 127.0.0.1:4711. */
    private static String withoutPort(String address) {
        String host = address.substring(address.indexOf('/') + 1);
        int colon = host.lastIndexOf(':');
        host = colon < 0 ? host : host.substring(0, colon);
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }
}

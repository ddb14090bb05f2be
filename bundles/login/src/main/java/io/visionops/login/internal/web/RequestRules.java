package io.visionops.login.internal.web;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a foreign page makes a browser send. A browser adds its remembered login to whatever
 * goes here, so that a login alone proves nothing. Programs that are no browsers send neither
 * Origin nor Sec-Fetch headers, and are let in for their login.
 */
final class RequestRules {

    /** Names under which this computer is always reached, also through a tunnel on another port. */
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    /** They change nothing. */
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

    private static final Pattern AUTHORITY =
            Pattern.compile("([a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::(\\d{1,5}))?");

    private final Set<String> names;

    /**
     * @param names that are ours besides those of every computer, in lower case
     */
    RequestRules(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /** Why it is refused, in words for who reads the answer; empty when it is let in. */
    Optional<String> refusal(RequestHead head) {
        if (!METHODS.contains(head.method())) {
            return Optional.of("the method is not allowed");
        }
        String host = head.host().size() == 1 ? lower(head.host().get(0)) : "";
        if (!isOurs(host)) {
            return Optional.of(
                    "the host that it names is not this computer; if it is, name it in http.names of"
                            + " etc/io.visionops.login.cfg");
        }
        if (!isOfOurPage(head, host)) {
            return Optional.of("it comes from a page of somebody else");
        }
        return Optional.empty();
    }

    private static boolean isForeign(@Nullable String fetchSite) {
        return fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none");
    }

    private boolean isOfOurPage(RequestHead head, String host) {
        boolean safe = SAFE_METHODS.contains(head.method());
        if (isForeign(head.fetchSite()) && !(safe && isLink(head))) {
            return false;
        }
        List<String> origins = head.origin();
        if (!origins.isEmpty()) {
            return origins.size() == 1 && isSame(origins.get(0), host);
        }
        return safe || head.referer() == null || isSame(head.referer(), host);
    }

    /** Somebody follows a link to a page of ours; it opens in a window of its own. */
    private static boolean isLink(RequestHead head) {
        return "navigate".equals(head.fetchMode()) && "document".equals(head.fetchDest());
    }

    /** Is the page's address at the host that is asked, or at another name of ours? */
    private boolean isSame(String address, String host) {
        try {
            URI page = URI.create(address);
            String authority = page.getRawAuthority();
            return authority != null
                    && (lower(authority).equals(host) || names.contains(name(lower(authority))));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private boolean isOurs(String authority) {
        String name = name(authority);
        return OWN_NAMES.contains(name) || names.contains(name);
    }

    /** Without the port; empty for what is no authority. */
    private static String name(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

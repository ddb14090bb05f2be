package io.visionops.ingest.internal.config;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an address between the slashes and the path, and what follows it.
 *
 * @param login as written, empty where there is none
 * @param name of the host, without brackets
 * @param port as written
 * @param rest path, query and fragment, as written
 */
record Authority(String login, String name, OptionalInt port, String rest) {

    private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9._-]{1,255}");
    private static final Pattern HOST_V6 = Pattern.compile("([0-9a-fA-F:.]{2,45})(%.*)?");
    private static final Pattern ZONE = Pattern.compile("%(?:25)?([a-zA-Z0-9._-]{1,32})");

    /**
     * The login ends at the last @ before the path.
     *
     * @param after what follows the two slashes
     * @throws Refused when it names no host and port
     */
    static Authority of(String key, String url, String after) throws InvalidSetting {
        int end = indexOfAny(after, "/?#");
        String authority = after.substring(0, end);
        String rest = after.substring(end);
        int at = authority.lastIndexOf('@');
        try {
            return of(
                    key,
                    url,
                    authority.substring(0, Math.max(0, at)),
                    authority.substring(at + 1),
                    rest);
        } catch (InvalidSetting e) {
            if (rest.indexOf('@') >= 0 && authority.indexOf(':') >= 0) {
                throw InvalidSetting.value(
                        key, url, "a / ? or # in the password must be written %2F, %3F or %23");
            }
            throw e;
        }
    }

    private static Authority of(String key, String url, String login, String place, String rest)
            throws InvalidSetting {
        int bracket = place.startsWith("[") ? place.indexOf(']') : -1;
        int colon = place.indexOf(':', Math.max(0, bracket));
        String host = colon < 0 ? place : place.substring(0, colon);
        if (host.isEmpty()) {
            throw InvalidSetting.value(key, url, "must name a host");
        }
        String name = bracket < 0 ? host.toLowerCase(Locale.ROOT) : v6(host);
        if (name.isEmpty() || bracket < 0 && !HOST.matcher(name).matches()) {
            throw InvalidSetting.value(key, url, "the host may hold a-z A-Z 0-9 . - _ only");
        }
        if (colon < 0) {
            return new Authority(login, name, OptionalInt.empty(), rest);
        }
        String port = place.substring(colon + 1);
        if (port.indexOf(':') >= 0) {
            throw InvalidSetting.value(key, url, "must name a host; an IPv6 address needs [ ]");
        }
        int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65535) {
            throw InvalidSetting.value(key, url, "the port must be 1..65535");
        }
        return new Authority(login, name, OptionalInt.of(number), rest);
    }

    /** With its zone, which RFC 6874 wants to be written with %25; empty when it is none. */
    private static String v6(String bracketed) {
        Matcher parts = HOST_V6.matcher(bracketed.substring(1, bracketed.length() - 1));
        if (!bracketed.endsWith("]") || !parts.matches()) {
            return "";
        }
        String plain = parts.group(1).toLowerCase(Locale.ROOT);
        if (parts.group(2) == null) {
            return plain;
        }
        Matcher zone = ZONE.matcher(parts.group(2));
        return zone.matches() ? plain + "%" + zone.group(1) : "";
    }

    private static int indexOfAny(String text, String stops) {
        for (int i = 0; i < text.length(); i++) {
            if (stops.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /**
     * As in a URL.
     *
     * @param usual the port that need not be written
     */
    String host(int usual) {
        String bracketed = name.indexOf(':') >= 0 ? "[" + name + "]" : name;
        return bracketed + (port.orElse(usual) == usual ? "" : ":" + port.getAsInt());
    }
}

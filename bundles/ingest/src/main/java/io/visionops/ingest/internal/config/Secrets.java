package io.visionops.ingest.internal.config;

import io.visionops.support.UrlSecrets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code $[secret:NAME]} stands for in addresses. */
public interface Secrets {

    /** Every name is one that is not there. */
    Secrets NONE = name -> Optional.empty();

    /** What looks like one of the references that Karaf knows in its own files. */
    Pattern REFERENCE = Pattern.compile("\\$\\[(secret|env|prop):([^\\]]*)(]?)");

    /** Keys whose values may name secrets: of all others a refusal would show the value. */
    Set<String> KEYS = Set.of("url", "fallback.urls");

    /**
     * The secret of a name, if there is one.
     *
     * @throws Refused when secrets cannot be looked up now
     */
    Optional<String> find(String name) throws InvalidSetting;

    /** Names of the secrets that a value stands for. */
    static Set<String> names(String value) {
        Set<String> names = new TreeSet<>();
        Matcher reference = REFERENCE.matcher(value);
        while (reference.find()) {
            if (reference.group(1).equals("secret") && !reference.group(3).isEmpty()) {
                names.add(reference.group(2));
            }
        }
        return names;
    }

    /**
     * The value with the secrets that it names, written as addresses have them; all else in it is
     * literal.
     *
     * @throws Refused when one is not there, what stands in the file being no password; or stands
     *     where it would be shown
     */
    default String resolve(String key, String value) throws InvalidSetting {
        Matcher reference = REFERENCE.matcher(value);
        StringBuilder resolved = new StringBuilder();
        List<Placed> placed = new ArrayList<>();
        while (reference.find()) {
            String name = reference.group(2);
            check(key, reference);
            String secret =
                    find(name)
                            .orElseThrow(
                                    () ->
                                            InvalidSetting.passing(
                                                    key
                                                            + ": there is no secret "
                                                            + name
                                                            + ": set it with secret-set "
                                                            + name));
            String written = encoded(secret);
            reference.appendReplacement(resolved, Matcher.quoteReplacement(written));
            placed.add(new Placed(name, written, resolved.length() - written.length()));
        }
        String text = reference.appendTail(resolved).toString();
        for (Placed one : placed) {
            if (!one.isMasked(text)) {
                throw new InvalidSetting(
                        key
                                + ": secret "
                                + one.name()
                                + " would be shown where it stands: only the user or the password"
                                + " of an address, or a parameter such as password=, may be a"
                                + " secret");
            }
        }
        return text;
    }

    private static void check(String key, Matcher reference) throws InvalidSetting {
        if (!reference.group(1).equals("secret") || reference.group(3).isEmpty()) {
            throw new InvalidSetting(
                    key
                            + ": "
                            + "$["
                            + reference.group(1)
                            + ": is not resolved here: only $[secret:NAME] is");
        }
        if (!KEYS.contains(key)) {
            throw new InvalidSetting(key + ": only url and fallback.urls may name a secret");
        }
        if (!reference.group(2).matches("[a-zA-Z0-9._-]{1,80}")) {
            throw new InvalidSetting(
                    key
                            + ": "
                            + InvalidSetting.shown(reference.group())
                            + ": a secret's name must be 1..80 of a-z A-Z 0-9 . _ -");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    /**
     * A secret in an address.
     *
     * @param written percent-encoded
     * @param start where it stands
     */
    record Placed(String name, String written, int start) {

        /** Is it a part of the login, or one of the parameters that are masked? */
        boolean isMasked(String text) {
            int host = text.lastIndexOf("://", start) + 3;
            if (host < 3) {
                return false;
            }
            int path = host;
            while (path < text.length() && "/?#, \t".indexOf(text.charAt(path)) < 0) {
                path++;
            }
            if (start < path) {
                return text.substring(start, path).contains("@");
            }
            int end = start;
            while (end < text.length() && ", \t".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            return !UrlSecrets.maskPaths("rtsp://h" + text.substring(path, end)).contains(written);
        }
    }
}

package io.visionops.ingest.internal.wire;

import io.visionops.ingest.internal.config.Address;
import io.visionops.support.network.Answer;
import io.visionops.support.network.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an RTSP server sends its clients. ffmpeg goes there with the login of the address, and
 * answers whatever challenge it finds. Stateless.
 */
public final class Redirection {

    /** As ffmpeg takes it apart: the host stands behind the last @ of what precedes the path. */
    private static final Pattern PLACE =
            Pattern.compile(
                    "([A-Za-z][A-Za-z0-9+.-]*+)://(?:[^/?#]*@)?(\\[[^\\]/?#]*\\]|[^:/?#]*).*",
                    Pattern.DOTALL);

    private Redirection() {}

    /** The place of another host, or of the same without TLS; for a person. */
    public static Optional<String> elsewhere(Address address, Answer answer) {
        if (answer.status() < 300 || answer.status() >= 400) {
            return Optional.empty();
        }
        // Of several, ffmpeg takes the last one.
        List<String> places = answer.all("location");
        return places.stream()
                .filter(place -> isElsewhere(address, place))
                .map(place -> Words.line(Address.mask(place)))
                .findFirst();
    }

    private static boolean isElsewhere(Address address, String place) {
        Matcher found = PLACE.matcher(place);
        if (!found.matches()) {
            return false;
        }
        boolean secure = address.scheme() == Address.Scheme.RTSPS;
        boolean open = secure && !found.group(1).equalsIgnoreCase("rtsps");
        return open || !plain(found.group(2)).equals(plain(address.host()));
    }

    private static String plain(String host) {
        return host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    }
}

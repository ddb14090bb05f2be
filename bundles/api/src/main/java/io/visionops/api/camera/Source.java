package io.visionops.api.camera;

import java.util.List;
import java.util.Optional;

/**
 * Where pictures come from. The addresses may hold a password: only {@link #masked()} may leave the
 * process.
 *
 * @param url {@code rtsp://}, {@code rtsps://}, {@code http(s)://}, {@code file:} or {@code v4l2:}
 * @param fallbackUrls tried in turn when {@code url} fails
 * @param loop a file starts again at its end
 * @param fileStart of a file that is read {@code asap}; empty for what the file itself tells
 */
public record Source(
        String url,
        List<String> fallbackUrls,
        Pace pace,
        boolean loop,
        Transport transport,
        Optional<FileStart> fileStart) {

    /** How fast a file is read. */
    public enum Pace {
        /** At the speed at which it was recorded; the newest frame wins. */
        NATIVE,
        /** As fast as it can be analysed, frame by frame, none dropped; times are the film's. */
        ASAP
    }

    /** What RTSP carries its pictures over. */
    public enum Transport {
        TCP,
        UDP
    }

    public Source {
        fallbackUrls = List.copyOf(fallbackUrls);
    }

    public Source(
            String url, List<String> fallbackUrls, Pace pace, boolean loop, Transport transport) {
        this(url, fallbackUrls, pace, loop, transport, Optional.empty());
    }

    /**
     * Scheme and host of the address; user, password, path and query are replaced by {@code ***},
     * since tokens may stand in each. What lies on this machine is shown as it is.
     */
    public String masked() {
        int scheme = url.indexOf("://");
        if (scheme < 0 || url.regionMatches(true, 0, "file:", 0, 5)) {
            return url;
        }
        String rest = url.substring(scheme + 3);
        // A password may hold any character, and not all are escaped as they should.
        int at = rest.lastIndexOf('@');
        String behind = rest.substring(at + 1);
        String host = behind.split("[/?#]", 2)[0];
        return url.substring(0, scheme + 3)
                + (at < 0 ? "" : "***@")
                + host
                + (host.length() < behind.length() ? "/***" : "");
    }

    @Override
    public String toString() {
        return "Source[" + masked() + "]";
    }
}

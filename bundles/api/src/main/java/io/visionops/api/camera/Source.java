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

    /** The address with user and password replaced by {@code ***}. */
    public String masked() {
        return url.replaceAll("(?<=://)[^/?#]*@", "***@");
    }

    @Override
    public String toString() {
        return "Source[" + masked() + "]";
    }
}

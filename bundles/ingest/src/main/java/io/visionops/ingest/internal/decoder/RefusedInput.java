package io.visionops.ingest.internal.decoder;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from a decoder's words what it was kept from by {@link InputPolicy}, for a person. */
final class RefusedInput {

    private static final Set<String> PLAYLISTS = Set.of("hls", "dash", "concat", "sdp", "imf");

    private static final Pattern FORMAT =
            Pattern.compile("^\\[(\\w{1,32})[^\\]]{0,100}\\] \\[\\w+\\] Format not on whitelist");
    private static final Pattern PROTOCOL =
            Pattern.compile("^Protocol '(\\w{1,32})' not on whitelist");
    private static final Pattern SIZE =
            Pattern.compile("^Picture size (\\d{1,10}x\\d{1,10}) (?:exceeds|is invalid)");

    /** As FFmpeg says it, of pictures, of packets and of a thread's stack. */
    private static final List<String> OUT_OF_MEMORY =
            List.of("Cannot allocate memory", "get_buffer() failed", "pthread_create() failed");

    private RefusedInput() {}

    /** Empty when it was kept from nothing. */
    static Optional<Fault> fault(List<String> lines) {
        for (String line : lines) {
            Optional<String> refused = refused(line);
            if (refused.isPresent()) {
                return refused.map(words -> new Fault(Cause.CODEC, words));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> refused(String line) {
        Matcher format = FORMAT.matcher(line);
        if (format.find()) {
            String name = format.group(1);
            return Optional.of(
                    PLAYLISTS.contains(name)
                            ? Playlists.words(name)
                            : "a format (" + name + ") that is not read from such an address");
        }
        String said = withoutPrefix(line);
        Matcher protocol = PROTOCOL.matcher(said);
        if (protocol.find()) {
            return Optional.of(
                    "it names an address of a kind that is not opened for it: "
                            + protocol.group(1));
        }
        Matcher size = SIZE.matcher(said);
        if (size.find()) {
            return Optional.of(
                    "picture too large: "
                            + size.group(1)
                            + ", at most "
                            + InputPolicy.MOST_PIXELS / 1_000_000
                            + " million pixels");
        }
        return OUT_OF_MEMORY.stream().anyMatch(said::contains)
                ? Optional.of(
                        "the pictures take more memory than a decoder may have (max.memory.mb): set"
                                + " a smaller size at the camera")
                : Optional.empty();
    }

    /** Without ffmpeg's own, such as {@code [rtsp @ 0x55db4653e200] [error] }. */
    static String withoutPrefix(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == '[') {
            int end = line.indexOf(']', at) + 1;
            if (end == 0 || end == line.length() || line.charAt(end) != ' ') {
                break;
            }
            at = end + 1;
        }
        return line.substring(at);
    }
}

package io.visionops.ingest.internal.decoder;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.config.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from a decoder's last words why it ended. */
public final class Diagnosis {

    /** First match wins, over all lines: a login that failed explains the I/O error after it. */
    private static final List<Rule> RULES =
            List.of(
                    rule(
                            Cause.UNAUTHORISED,
                            "Server returned 40[13]|Unauthorized|Forbidden|authorization failed"),
                    rule(
                            Cause.NOT_FOUND,
                            "Server returned 4(00|04|10)|404 ?Not Found|No such file or directory"
                                    + "|Is a directory|No such device|Protocol not found"),
                    rule(
                            Cause.NAME_RESOLUTION,
                            "Failed to resolve hostname|Name or service not known|Temporary failure"
                                    + " in name resolution|No address associated"),
                    rule(
                            Cause.REFUSED,
                            "Connection refused|Server returned [45]|method \\w+ failed:"
                                    + " [45]\\d\\d"),
                    rule(
                            Cause.UNREACHABLE,
                            "No route to host|Network is unreachable|Host is down|Network is down"
                                    + "|failed: Invalid argument"),
                    rule(Cause.UNAUTHORISED, "Permission denied"),
                    rule(Cause.TLS, "\\bTLS\\b|\\bSSL\\b|certificate|handshake"),
                    rule(
                            Cause.TIMEOUT,
                            "timed out|Operation timeout|Resource temporarily unavailable"),
                    rule(Cause.END_OF_STREAM, "Failed reading RTSP data: End of file"),
                    rule(
                            Cause.CODEC,
                            "Decoder \\(?.*not found|no decoder|Could not find codec"
                                    + " parameters|does not contain any stream|matches no"
                                    + " streams|Invalid data found|moov atom not"
                                    + " found|unsupported codec"),
                    rule(
                            Cause.END_OF_STREAM,
                            "Connection reset by peer|Broken pipe|Stream ends"
                                    + " prematurely|Input/output error"));

    /** A decoder that complains has got bytes; nothing of that kind is said of mere silence. */
    private static final Pattern UNDECODABLE =
            Pattern.compile(
                    "^\\[(?:h264|hevc|mpeg4|mjpeg|av1|vp[89])\\b[^\\]]*\\] \\[error\\]|unknown"
                            + " codec");

    private static final Pattern SILENT = Pattern.compile("timed out");

    /** How far it has come, once more at its end: tells of no fault. */
    private static final String REPORT = "frame=";

    private static final Pattern SIGNAL = Pattern.compile("(?:129|13[0-9]|14[0-3])");
    private static final int SHOWN = 200;

    private record Rule(Cause cause, Pattern words) {}

    private Diagnosis() {}

    private static Rule rule(Cause cause, String words) {
        return new Rule(cause, Pattern.compile(words, Pattern.CASE_INSENSITIVE));
    }

    /**
     * @param exit the exit code; ffmpeg's says little
     * @param lines of standard error
     * @param streamed whether pictures came; then the beginning of its words does not matter, and a
     *     damaged picture now and then explains nothing
     */
    public static Fault of(int exit, List<String> lines, boolean streamed) {
        List<String> plain = new ArrayList<>();
        List<String> said = lines.stream().filter(line -> !line.startsWith(REPORT)).toList();
        List<String> words = streamed ? tail(said) : said;
        Optional<Fault> refused = RefusedInput.fault(words);
        if (refused.isPresent()) {
            return refused.get();
        }
        for (String line : words) {
            String one = plain(line);
            // These repeat the address, which may hold any words.
            if (!one.startsWith("Impossible to open '")
                    && !one.startsWith("Error opening input file ")) {
                plain.add(one);
            }
        }
        for (Rule rule : RULES) {
            if (streamed && rule.cause == Cause.CODEC) {
                continue;
            }
            for (String line : plain) {
                Matcher matcher = rule.words.matcher(line);
                if (matcher.find()) {
                    return new Fault(rule.cause, line);
                }
            }
        }
        String last = plain.isEmpty() ? "" : plain.get(plain.size() - 1);
        if (exit == 0) {
            return new Fault(Cause.END_OF_STREAM, last);
        }
        if (SIGNAL.matcher(String.valueOf(exit)).matches()) {
            return new Fault(Cause.CRASHED, "ended by signal " + (exit - 128));
        }
        return new Fault(Cause.CRASHED, "exit code " + exit + (last.isEmpty() ? "" : ": " + last));
    }

    /**
     * Reads from the words of a decoder that was ended for its silence whether there is more to it:
     * bytes that came and could not be decoded are another matter than none.
     *
     * @param silence what it was ended for
     * @param streamed whether pictures came; then the words may be hours old
     */
    public static Fault ofSilence(Fault silence, List<String> lines, boolean streamed) {
        Optional<Fault> refused = RefusedInput.fault(streamed ? tail(lines) : lines);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (streamed || lines.stream().anyMatch(line -> SILENT.matcher(line).find())) {
            return silence;
        }
        return lines.stream()
                .filter(line -> UNDECODABLE.matcher(line).find())
                .findFirst()
                .map(line -> new Fault(Cause.CODEC, plain(line)))
                .orElse(silence);
    }

    private static List<String> tail(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 5), lines.size());
    }

    /** Whether waiting does not help: somebody has to correct the camera or its settings. */
    public static boolean isPermanent(Cause cause) {
        return cause == Cause.UNAUTHORISED || cause == Cause.NOT_FOUND;
    }

    private static String plain(String line) {
        String words = Address.mask(RefusedInput.withoutPrefix(line)).strip();
        return words.length() <= SHOWN ? words : words.substring(0, SHOWN) + "...";
    }
}

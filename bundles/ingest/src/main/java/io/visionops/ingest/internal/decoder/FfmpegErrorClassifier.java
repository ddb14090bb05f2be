package io.visionops.ingest.internal.decoder;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.config.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from a decoder's last words why it ended. */
public final class FfmpegErrorClassifier {

    /** First match wins, over all lines: a login that failed explains the I/O error after it. */
    private static final List<Rule> RULES =
            List.of(
                    rule(
                            Cause.UNAUTHORISED,
                            "Server returned 40[13]|Unauthorized|Forbidden|authorization failed"),
                    rule(Cause.NOT_FOUND, "Is a directory", "it is a folder: name a file in it"),
                    rule(
                            Cause.NOT_FOUND,
                            "Server returned 4(00|04|10)|404 ?Not Found|No such file or directory"
                                    + "|No such device|Protocol not found"),
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
                    rule(Cause.UNAUTHORISED, "Connection to .*Permission denied"),
                    rule(
                            Cause.NOT_FOUND,
                            "Permission denied",
                            "it may not be read: give the user of VisionOps the right to"),
                    rule(Cause.TLS, "\\bTLS\\b|\\bSSL\\b|certificate|handshake"),
                    rule(
                            Cause.TIMEOUT,
                            "timed out|Operation timeout|Resource temporarily unavailable"),
                    rule(Cause.END_OF_STREAM, "Failed reading RTSP data: End of file"),
                    rule(
                            Cause.CODEC,
                            "matches no streams|does not contain any stream",
                            "there is no video in it, or sound alone: take the address of the"
                                    + " pictures"),
                    rule(
                            Cause.CODEC,
                            "Output file is empty, nothing was encoded",
                            "there is not more than one picture in it: take a film"),
                    rule(
                            Cause.CODEC,
                            "Format mov,[^ ]* detected only with low score",
                            "it is no film, or nothing but its beginning: copy it again"),
                    rule(
                            Cause.CODEC,
                            "moov atom not found",
                            "it is cut off, or still being written: copy it again when it is"
                                    + " whole"),
                    rule(
                            Cause.CODEC,
                            "Decoder \\(?.*not found|no decoder|unsupported codec",
                            "its video has an encoding that is not known: set H.264 or H.265"),
                    rule(
                            Cause.CODEC,
                            "Could not find codec parameters",
                            "no whole picture could be made of it: it is damaged, or cut off"),
                    rule(
                            Cause.CODEC,
                            "Invalid data found",
                            "what comes is neither video nor pictures, or nothing but their"
                                    + " beginning"),
                    rule(
                            Cause.END_OF_STREAM,
                            "Error opening input: Input/output error|Error opening input: End of"
                                    + " file|Truncating packet",
                            "it ended before there was a picture"),
                    rule(
                            Cause.END_OF_STREAM,
                            "Connection reset by peer|Broken pipe|Stream ends"
                                    + " prematurely|Input/output error"));

    /** A decoder that complains has got bytes; nothing of that kind is said of mere silence. */
    private static final Pattern UNDECODABLE =
            Pattern.compile(
                    "^\\[(?:h264|hevc|mpeg4|mjpeg|av1|vp[89])\\b[^\\]]*\\] \\[error\\]|unknown"
                            + " codec");

    private static final Pattern CUT_OFF =
            Pattern.compile("File ended prematurely|partial file|corrupt input packet");

    private static final Pattern SILENT = Pattern.compile("timed out");

    /** How far it has come, once more at its end: tells of no fault. */
    private static final String REPORT = "frame=";

    private static final Set<Cause> PERMANENT =
            EnumSet.of(
                    Cause.UNAUTHORISED,
                    Cause.NOT_FOUND,
                    Cause.WEAKER_LOGIN,
                    Cause.OTHER_CERTIFICATE);

    /** A remark on the colours of every JPEG. */
    private static final String OF_JPEG = "deprecated pixel format used";

    private static final Pattern SIGNAL = Pattern.compile("(?:129|13[0-9]|14[0-3])");
    private static final int SHOWN = 200;

    /** The status of an answer runs into its words: {@code 401Unauthorized}. */
    private static final Pattern STATUS_AND_WORDS = Pattern.compile("\\b([1-6]\\d\\d)(?=[A-Z])");

    /**
     * @param plain what it means, for a person; empty where ffmpeg's words say it
     */
    private record Rule(Cause cause, Pattern words, String plain) {}

    private FfmpegErrorClassifier() {}

    private static Rule rule(Cause cause, String words) {
        return rule(cause, words, "");
    }

    private static Rule rule(Cause cause, String words, String plain) {
        return new Rule(cause, Pattern.compile(words, Pattern.CASE_INSENSITIVE), plain);
    }

    /**
     * @param exit the exit code; ffmpeg's says little
     * @param lines of standard error
     * @param streamed whether pictures came; then the beginning of its words does not matter, and a
     *     damaged picture now and then explains nothing
     */
    public static Fault of(int exit, List<String> lines, boolean streamed) {
        List<String> plain = new ArrayList<>();
        List<String> said =
                lines.stream()
                        .filter(line -> !line.startsWith(REPORT) && !line.contains(OF_JPEG))
                        .toList();
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
                    return new Fault(rule.cause, rule.plain.isEmpty() ? line : rule.plain);
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

    /** Whether a film that was read to its end ends before its end. */
    public static boolean isCutOff(List<String> lines) {
        return lines.stream().anyMatch(line -> CUT_OFF.matcher(line).find());
    }

    /**
     * What can be seen of a file that gave no picture; ffmpeg says the same of an empty one as of
     * one that is none.
     */
    public static Optional<String> ofFile(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) == 0
                    ? Optional.of("the file is empty: copy it again")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
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
        return PERMANENT.contains(cause);
    }

    private static String plain(String line) {
        String said = STATUS_AND_WORDS.matcher(RefusedInput.withoutPrefix(line)).replaceAll("$1 ");
        String words = Address.mask(said).strip();
        return words.length() <= SHOWN ? words : words.substring(0, SHOWN) + "...";
    }
}

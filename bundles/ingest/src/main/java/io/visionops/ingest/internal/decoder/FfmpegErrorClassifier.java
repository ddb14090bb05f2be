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
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from a decoder's last words why it ended. */
public final class FfmpegErrorClassifier {

    private static final Logger LOG = LoggerFactory.getLogger(FfmpegErrorClassifier.class);

    /** Of a camera that took no connection: no transport and no codec comes into play. */
    public static final String NOT_CONNECTED = "it takes no connection";

    public static final String NOT_LISTENING = "nothing listens at its port";
    public static final String NO_TLS = "what answers at its port does not speak TLS";
    public static final String BROKEN = "the connection broke";

    static final String UNKNOWN_ENCODING =
            "its video has an encoding that is not known: set H.264 or H.265";

    static final String TOO_EARLY = "it ended before there was a picture";

    private static final String INCOMPLETE = "its pictures come damaged, or never whole";

    /** A decoder that complains has got bytes; nothing of that kind is said of mere silence. */
    private static final Pattern UNDECODABLE =
            Pattern.compile("^\\[(?:h264|hevc|mpeg4|mjpeg|av1|vp[89])\\b[^\\]]*\\] \\[error\\]");

    private static final String UNKNOWN_CODEC = "unknown codec";

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

    private FfmpegErrorClassifier() {}

    /**
     * Its own words go to the log, so that whoever wants them has them: a person who looks after
     * cameras is told what they mean.
     *
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
        for (ErrorRule rule : ErrorRule.ALL) {
            if (streamed && rule.cause() == Cause.CODEC) {
                continue;
            }
            if (plain.stream().anyMatch(rule::isFor)) {
                LOG.debug("exit code {}, {}: {}", exit, rule.cause(), plain);
                return new Fault(rule.cause(), rule.detail(plain));
            }
        }
        if (exit == 0) {
            LOG.debug("exit code 0: {}", plain);
            return new Fault(Cause.END_OF_STREAM, streamed ? "" : TOO_EARLY);
        }
        if (!plain.isEmpty()) {
            // No rule knows what these words mean, so a person has to.
            LOG.info("a decoder died with exit code {}: {}", exit, plain);
        }
        return new Fault(
                Cause.CRASHED,
                SIGNAL.matcher(String.valueOf(exit)).matches()
                        ? "ended by signal " + (exit - 128)
                        : "it ended with code " + exit);
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
        for (String line : lines) {
            boolean unknown = line.contains(UNKNOWN_CODEC);
            if (unknown || UNDECODABLE.matcher(line).find()) {
                LOG.debug("{}, and nothing came of it: {}", silence.detail(), plain(line));
                return new Fault(Cause.CODEC, unknown ? UNKNOWN_ENCODING : INCOMPLETE);
            }
        }
        return silence;
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

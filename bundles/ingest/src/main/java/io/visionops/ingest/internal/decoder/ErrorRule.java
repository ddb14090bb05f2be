package io.visionops.ingest.internal.decoder;

import io.visionops.api.camera.Cause;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of ffmpeg's means.
 *
 * @param words that are looked for in it
 * @param plain for a person, what there is to say beside the cause; empty where the cause says it,
 *     or the camera's own answer does
 */
record ErrorRule(Cause cause, Pattern words, String plain) {

    /**
     * The first match wins, over all lines: a login that failed explains the I/O error after it.
     */
    static final List<ErrorRule> ALL =
            List.of(
                    rule(
                            Cause.UNAUTHORISED,
                            "Server returned 40[13]|Unauthorized|Forbidden|authorization failed"),
                    rule(Cause.NOT_FOUND, "Is a directory", "it is a folder: name a file in it"),
                    rule(Cause.NOT_FOUND, "Server returned 4(00|04|10)|404 ?Not Found"),
                    rule(
                            Cause.NOT_FOUND,
                            "No such file or directory|No such device",
                            "there is no such file or device"),
                    rule(
                            Cause.NOT_FOUND,
                            "Protocol not found",
                            "addresses of that kind are not opened"),
                    rule(
                            Cause.NAME_RESOLUTION,
                            "Temporary failure in name resolution",
                            "the name server does not answer"),
                    rule(
                            Cause.NAME_RESOLUTION,
                            "Failed to resolve hostname|Name or service not known"
                                    + "|No address associated"),
                    rule(
                            Cause.REFUSED,
                            "Server returned [45]|method \\w+ failed: [45]\\d\\d|HTTP error"
                                    + " [45]\\d\\d"),
                    rule(Cause.REFUSED, "Connection refused", FfmpegErrorClassifier.NOT_LISTENING),
                    rule(
                            Cause.UNREACHABLE,
                            "Network is unreachable|Network is down",
                            "this computer has no way into its network"),
                    rule(
                            Cause.UNREACHABLE,
                            "No route to host|Host is down|failed: Invalid argument"),
                    rule(
                            Cause.UNAUTHORISED,
                            "Connection to .*Permission denied",
                            "this computer may not connect to it: look at its firewall"),
                    rule(
                            Cause.NOT_FOUND,
                            "Permission denied",
                            "it may not be read: give the user of VisionOps the right to"),
                    rule(
                            Cause.TLS,
                            "packet length too long|wrong version number",
                            FfmpegErrorClassifier.NO_TLS),
                    rule(
                            Cause.TLS,
                            "certificate.*(expired|not yet valid)",
                            "its certificate is not valid at this time"),
                    rule(Cause.TLS, "\\bTLS\\b|\\bSSL\\b|certificate|handshake"),
                    rule(
                            Cause.TIMEOUT,
                            "Connection to .*timed out",
                            FfmpegErrorClassifier.NOT_CONNECTED),
                    rule(
                            Cause.TIMEOUT,
                            "timed out|Operation timeout|Resource temporarily unavailable"),
                    rule(
                            Cause.END_OF_STREAM,
                            "Failed reading RTSP data: End of file",
                            "the camera ended the connection"),
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
                            FfmpegErrorClassifier.UNKNOWN_ENCODING),
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
                            FfmpegErrorClassifier.TOO_EARLY),
                    rule(
                            Cause.END_OF_STREAM,
                            "Connection to .*(reset by peer|Broken pipe)",
                            FfmpegErrorClassifier.NOT_CONNECTED),
                    rule(
                            Cause.END_OF_STREAM,
                            "Connection reset by peer|Broken pipe",
                            FfmpegErrorClassifier.BROKEN),
                    rule(Cause.END_OF_STREAM, "Stream ends prematurely|Input/output error"),
                    rule(
                            Cause.REFUSED,
                            "Protocol not supported",
                            "the camera offers no transport that was asked for"));

    /** An answer of the camera's own: its number and what it says to it. */
    private static final Pattern ANSWER =
            Pattern.compile(
                    "(?:method \\w{1,32} failed:|HTTP error|Server returned) ([45]\\d\\d\\b[^(]*)");

    private static ErrorRule rule(Cause cause, String words) {
        return rule(cause, words, "");
    }

    private static ErrorRule rule(Cause cause, String words, String plain) {
        return new ErrorRule(cause, Pattern.compile(words, Pattern.CASE_INSENSITIVE), plain);
    }

    boolean isFor(String line) {
        return words.matcher(line).find();
    }

    /**
     * What is to be said beside the cause; may be empty.
     *
     * @param lines all that was said
     */
    String detail(List<String> lines) {
        if (!plain.isEmpty()) {
            return plain;
        }
        for (String line : lines) {
            Matcher answer = ANSWER.matcher(line);
            if (answer.find()) {
                return "the camera answered " + answer.group(1).strip();
            }
        }
        return "";
    }
}

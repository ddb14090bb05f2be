package io.visionops.security.internal.audit.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last line that was written, in a file beside the log. Written after the line is on the disk
 * and not synced itself: after a power cut it may be older than the log, and never newer.
 *
 * @param hash leaf hash of the line
 */
public record Head(long epoch, long seq, String hash) {

    private static final Pattern TEXT =
            Pattern.compile("(\\d{12,18}) (\\d{12,18}) ([0-9a-f]{64})\\s*");

    /** Of one length: it overwrites the one before. */
    void write(FileChannel channel) throws IOException {
        String text = String.format(java.util.Locale.ROOT, "%012d %012d %s%n", epoch, seq, hash);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** Empty where there is none or it was half written. */
    public static Optional<Head> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Matcher matcher = TEXT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        return matcher.matches()
                ? Optional.of(
                        new Head(
                                Long.parseLong(matcher.group(1)),
                                Long.parseLong(matcher.group(2)),
                                matcher.group(3)))
                : Optional.empty();
    }
}

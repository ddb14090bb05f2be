package io.visionops.security.internal.audit.chain;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signed tree head: what the log was at one moment. Kept in other places, it tells later whether
 * the log still begins with the same lines.
 *
 * @param size lines
 * @param root of the Merkle tree of their leaf hashes
 * @param epoch that was open
 * @param signature of {@link #claim()} by the device
 */
public record Checkpoint(
        String log, long size, String root, long epoch, Instant time, String signature) {

    private static final Pattern TEXT =
            Pattern.compile(
                    "visionops-audit-1 ([0-9a-f]{16}) (\\d{1,18}) ([0-9a-f]{64}) (\\d{1,18})"
                            + " (\\S{10,40}) ([A-Za-z0-9+/=]{88})");

    /** What is signed. */
    public String claim() {
        return "visionops-audit-1 " + log + " " + size + " " + root + " " + epoch + " " + time;
    }

    Checkpoint signed(DeviceKey key) {
        return new Checkpoint(log, size, root, epoch, time, key.sign(claim()));
    }

    public boolean isSignedBy(DevicePublicKey device) {
        return device.hasSigned(claim(), signature);
    }

    /** One line, for people and messages. */
    public String text() {
        return claim() + " " + signature;
    }

    public static Optional<Checkpoint> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Checkpoint(
                            matcher.group(1),
                            Long.parseLong(matcher.group(2)),
                            matcher.group(3),
                            Long.parseLong(matcher.group(4)),
                            Instant.parse(matcher.group(5)),
                            matcher.group(6)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

package io.visionops.updater.internal.metadata;

import io.visionops.support.Sha256;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A timestamp or a snapshot: it names the one file of the next role that belongs to it.
 *
 * @param version its own
 * @param next version, length and hash of what it names
 */
public record Pointer(Role role, long version, Instant expires, Next next) {

    /** There is no honest way to sign more often. */
    public static final long MOST_VERSION = 1_000_000_000;

    /** What is named. */
    public record Next(long version, int length, String sha256) {

        public static Next of(long version, byte[] bytes) {
            return new Next(version, bytes.length, Sha256.hex(bytes));
        }

        /** Whether these are the bytes. */
        public boolean matches(byte[] bytes) {
            return bytes.length == length && sha256.equals(Sha256.hex(bytes));
        }
    }

    public static Pointer readTimestamp(byte[] bytes, RoleKeys keys) throws RepositoryException {
        return read(Role.TIMESTAMP, Role.TIMESTAMP.fileName(0), bytes, keys);
    }

    /**
     * Reads what is the file that is expected, and signed.
     *
     * @param expected what the timestamp names
     */
    public static Pointer readSnapshot(byte[] bytes, Next expected, RoleKeys keys)
            throws RepositoryException {
        String what = Role.SNAPSHOT.fileName(expected.version());
        requireMatch(what, bytes, expected);
        Pointer read = read(Role.SNAPSHOT, what, bytes, keys);
        requireVersion(what, read.version(), expected.version());
        return read;
    }

    /** As it is signed. */
    public Map<String, Object> form() {
        Map<String, Object> form = head(role, version, expires);
        form.put(
                nextOf(role).word(),
                Map.of(
                        "version", next.version(),
                        "length", (long) next.length(),
                        "sha256", next.sha256()));
        return form;
    }

    static Map<String, Object> head(Role role, long version, Instant expires) {
        Map<String, Object> form = new HashMap<>();
        form.put("type", role.word());
        form.put("format", 1L);
        form.put("version", version);
        form.put("expires", expires.toString());
        return form;
    }

    /** What is not what its predecessor names belongs to another set. */
    static void requireMatch(String what, byte[] bytes, Next expected) throws RepositoryException {
        if (!expected.matches(bytes)) {
            throw new RepositoryException(
                    Reason.MIXED, what + " is not the file that the signed metadata names");
        }
    }

    static void requireVersion(String what, long version, long expected)
            throws RepositoryException {
        if (version != expected) {
            throw new RepositoryException(
                    Reason.MIXED, what + " has version " + version + ", not " + expected);
        }
    }

    private static Pointer read(Role role, String what, byte[] bytes, RoleKeys keys)
            throws RepositoryException {
        Fields fields = keys.verify(Envelope.read(what, bytes, role));
        Role nextRole = nextOf(role);
        Fields named = fields.object(nextRole.word());
        Next next =
                new Next(
                        named.number("version", 1, MOST_VERSION),
                        (int) named.number("length", 2, nextRole.mostBytes()),
                        named.sha256("sha256"));
        return new Pointer(
                role, fields.number("version", 1, MOST_VERSION), fields.instant("expires"), next);
    }

    private static Role nextOf(Role role) {
        return switch (role) {
            case TIMESTAMP -> Role.SNAPSHOT;
            case SNAPSHOT -> Role.TARGETS;
            default -> throw new IllegalArgumentException(role + " names no file");
        };
    }
}

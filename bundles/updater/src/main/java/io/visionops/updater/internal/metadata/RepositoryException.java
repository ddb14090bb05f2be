package io.visionops.updater.internal.metadata;

import org.jspecify.annotations.Nullable;

/** A release, or something that belongs to it, is refused or cannot be had. */
public final class RepositoryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of refusal it is: an attack is told otherwise than a network that is away. */
    public enum Reason {
        /** Not signed by enough of the keys of the role. */
        UNSIGNED,
        /** Signed, but no longer valid at the trusted time. */
        EXPIRED,
        /** Older than what was trusted before, or a bundle is. */
        ROLLBACK,
        /** A version is so much higher that nothing could follow it. */
        FAST_FORWARD,
        /** Parts that do not belong together: not the length, hash or version that is signed. */
        MIXED,
        /** A release of another product or platform. */
        WRONG_PRODUCT,
        /** Not in the one form that metadata has, or with content that is not allowed. */
        MALFORMED,
        /** Larger than its limit, or than the length that is signed. */
        TOO_LARGE,
        /** Does not come fast enough. */
        TOO_SLOW,
        /** The source does not have it. */
        MISSING,
        /** The source does not answer, or not as it should. */
        UNREACHABLE,
        /** The bytes of a file are not those that are signed. */
        DAMAGED,
        /** The disk of this computer. */
        LOCAL,
        /** Somebody has stopped it. */
        CANCELLED
    }

    private final Reason reason;

    /**
     * @param message one line: what, and why
     */
    public RepositoryException(Reason reason, String message) {
        this(reason, message, null);
    }

    public RepositoryException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package io.visionops.store.internal.sqlite;

/** The database, or its folder, is not one that this program may write; says why in one line. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}

package io.visionops.launcher;

/** Ends the program with one line for its user. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** It could not be done. */
    static final int FAILED = 1;

    /** The call is wrong. */
    static final int USAGE = 2;

    /** There is nothing to ask. */
    static final int NOT_RUNNING = 3;

    private final int status;

    Failure(int status, String line) {
        super(line);
        this.status = status;
    }

    Failure(String line) {
        this(FAILED, line);
    }

    int status() {
        return status;
    }
}

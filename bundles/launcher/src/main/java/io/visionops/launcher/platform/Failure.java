package io.visionops.launcher.platform;

/** Ends the program with one line for its user. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** It could not be done. */
    public static final int FAILED = 1;

    /** The call is wrong. */
    public static final int USAGE = 2;

    /** There is nothing to ask. */
    public static final int NOT_RUNNING = 3;

    private final int status;

    public Failure(int status, String line) {
        super(line);
        this.status = status;
    }

    public Failure(String line) {
        this(FAILED, line);
    }

    public int status() {
        return status;
    }
}

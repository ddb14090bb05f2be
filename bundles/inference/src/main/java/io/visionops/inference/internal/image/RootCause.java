package io.visionops.inference.internal.image;

/** What a failure comes from, in one line for a person. */
public final class RootCause {

    private static final int LONGEST = 200;

    private RootCause() {}

    /** Its innermost cause: of a library that is missing the outer ones say nothing. */
    public static String line(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null && inner.getCause() != inner) {
            inner = inner.getCause();
        }
        String message = inner.getMessage();
        if (message == null || message.isBlank()) {
            return inner.getClass().getSimpleName();
        }
        String line = message.strip().lines().findFirst().orElse("");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}

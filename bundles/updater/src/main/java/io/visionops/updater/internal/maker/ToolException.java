package io.visionops.updater.internal.maker;

/** What the maker asked for cannot be done; the message is the one line for that. */
final class ToolException extends Exception {

    private static final long serialVersionUID = 1L;

    ToolException(String message) {
        super(message);
    }

    ToolException(String message, Throwable cause) {
        super(message, cause);
    }
}

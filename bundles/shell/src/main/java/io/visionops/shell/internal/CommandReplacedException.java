package io.visionops.shell.internal;

/**
 * Ends a command that has done nothing yet, because its bundle was stopped for an update. The
 * command channel goes by the simple name of this class and runs the line again with the new
 * bundle; the other doors to the shell say that the command failed, and why.
 */
final class CommandReplacedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandReplacedException(Throwable cause) {
        super("the commands are being replaced: try again in a moment", cause);
    }
}

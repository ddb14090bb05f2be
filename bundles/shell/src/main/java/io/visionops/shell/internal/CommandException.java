package io.visionops.shell.internal;

/**
 * Ends a command with one line for the person at the shell. Karaf goes by the simple name of this
 * class and by {@link #getNiceHelp()}: it then prints the line as it is, without colour or stack
 * trace, logs nothing, and lets the client exit with status 1.
 */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandException(String line) {
        super(line);
    }

    public CommandException(String line, Throwable cause) {
        super(line, cause);
    }

    public String getNiceHelp() {
        return String.valueOf(getMessage());
    }
}

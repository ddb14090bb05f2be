package io.visionops.shell.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Passwords on their way in: never an argument, which histories and process lists keep. */
public final class Secret {

    /** By which commands that want a password take it from a file. */
    public static final String PASSWORD_FILE = "--password-file FILE";

    private static final int LENGTH = 1024;

    private Secret() {}

    /**
     * Asks the person at the terminal, without showing what is typed.
     *
     * @throws CommandException when nobody can be asked
     */
    public static String asked(Session session, String question) throws IOException {
        return asked(session, question, "the password", PASSWORD_FILE);
    }

    /**
     * Likewise, for another secret.
     *
     * @param what it is, for a refusal
     * @param instead the option for who cannot be asked
     */
    public static String asked(Session session, String question, String what, String instead)
            throws IOException {
        String typed;
        try {
            typed = session.readLine(question, '*');
        } catch (UnsupportedOperationException e) {
            typed = null;
        }
        if (typed == null) {
            throw new CommandException(
                    "there is no terminal to ask for " + what + ": give " + instead);
        }
        return checked(what, typed);
    }

    /**
     * A new one, asked for twice.
     *
     * @param what kind it is, in one word
     * @param instead the option for who cannot be asked
     * @throws CommandException when both differ
     */
    public static String askedTwice(Session session, String what, String instead)
            throws IOException {
        String typed = asked(session, "New " + what + ": ", "the " + what, instead);
        if (!typed.equals(asked(session, "The same again: ", "the " + what, instead))) {
            throw new CommandException("the " + what + "s differ");
        }
        return typed;
    }

    /**
     * The first line of a file of the server.
     *
     * @throws CommandException when it cannot be read
     */
    public static String inFile(Session session, String file) {
        try {
            Path path = session.currentDir().resolve(file);
            try (BufferedReader lines = Files.newBufferedReader(path)) {
                return checked(Plain.line(file), line(lines));
            }
        } catch (IOException | InvalidPathException e) {
            throw new CommandException(
                    Plain.line(file) + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    /** Not readLine, which would read a disk that has no end of line. */
    private static @Nullable String line(BufferedReader lines) throws IOException {
        char[] start = new char[LENGTH + 2];
        int length = 0;
        for (int read = 0; read >= 0 && length < start.length; length += Math.max(0, read)) {
            read = lines.read(start, length, start.length - length);
        }
        return length == 0 ? null : new String(start, 0, length).split("\\R", 2)[0];
    }

    private static String checked(String source, @Nullable String secret) {
        if (secret == null || secret.isEmpty()) {
            throw new CommandException(source + " is empty");
        }
        if (secret.length() > LENGTH) {
            throw new CommandException(source + " is longer than " + LENGTH + " characters");
        }
        return secret;
    }
}

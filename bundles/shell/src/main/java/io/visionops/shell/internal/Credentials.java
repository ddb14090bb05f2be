package io.visionops.shell.internal;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/**
 * A user of a camera and the password, as {@code --user} and {@code --password-file} bring them:
 * neither a history nor a process list sees the password.
 */
public record Credentials(String user, String password) {

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?<scheme>[a-zA-Z0-9+.-]+://)(?<host>[^/?#]*)(?<rest>.*)", Pattern.DOTALL);

    /**
     * Asks for the password unless a file has it; empty without a user.
     *
     * @throws CommandException when there is a file but no user, or no password
     */
    public static Optional<Credentials> read(
            Session session, @Nullable String user, @Nullable String passwordFile)
            throws IOException {
        if (user == null) {
            if (passwordFile != null) {
                throw new CommandException("--password-file needs --user");
            }
            return Optional.empty();
        }
        String password =
                passwordFile == null
                        ? Secret.asked(session, "Password of " + Plain.line(user) + ": ")
                        : Secret.inFile(session, passwordFile);
        return Optional.of(new Credentials(user, password));
    }

    /**
     * The address with both, written so that any character may be in them.
     *
     * @throws CommandException when the address has no place for them, or has a user already
     */
    public String in(String url) {
        Matcher address = ADDRESS.matcher(url);
        if (!address.matches()) {
            throw new CommandException("--user: only an address with :// has a user");
        }
        if (address.group("host").contains("@")) {
            throw new CommandException("--user: the address names a user already");
        }
        return address.group("scheme")
                + encoded(user)
                + ":"
                + encoded(password)
                + "@"
                + address.group("host")
                + address.group("rest");
    }

    /**
     * The address with something that stands for the password.
     *
     * @param user null where the address names the user
     * @param reference written as it is
     * @throws CommandException when there is no user, or two, or a password already
     */
    public static String referring(String url, @Nullable String user, String reference) {
        Matcher address = ADDRESS.matcher(url);
        if (!address.matches()) {
            throw new CommandException("--user: only an address with :// has a user");
        }
        String host = address.group("host");
        int at = host.lastIndexOf('@');
        if (user != null && at >= 0) {
            throw new CommandException("--user: the address names a user already");
        }
        String login = user != null ? encoded(user) : host.substring(0, Math.max(at, 0));
        if (login.isEmpty()) {
            throw new CommandException("a password needs a user: give --user");
        }
        if (user == null && login.contains(":")) {
            throw new CommandException("the address holds a password already");
        }
        return address.group("scheme")
                + login
                + ":"
                + reference
                + "@"
                + host.substring(at + 1)
                + address.group("rest");
    }

    /** Whether the address holds a password. */
    public static boolean isIn(String url) {
        return url.matches("(?s)[a-zA-Z0-9+.-]+://[^/?#@:]*:(?!\\$\\[secret:)[^/?#]+@.*");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}

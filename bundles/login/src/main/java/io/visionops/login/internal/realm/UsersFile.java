package io.visionops.login.internal.realm;

import io.visionops.login.internal.digest.StoredPassword;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * etc/users.properties, read anew for each login: who edits it need not restart anything.
 * Thread-safe.
 */
final class UsersFile {

    private static final String GROUP_PREFIX = "_g_:";

    private static final Pattern COMMENT = Pattern.compile("\\s*[#!]");

    /** Ends with an odd number of backslashes. */
    private static final Pattern CONTINUED = Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\\\R?$");

    private static final Pattern KEY_SYNTAX = Pattern.compile("[\\\\ :=#!]");

    private final Path file;

    UsersFile(Path file) {
        this.file = file;
    }

    /**
     * @throws IOException when the file cannot be read
     */
    Optional<User> find(String name) throws IOException {
        if (name.startsWith(GROUP_PREFIX)) {
            return Optional.empty();
        }
        Properties users = properties(Files.readString(file, StandardCharsets.ISO_8859_1));
        String line = users.getProperty(name);
        return line == null ? Optional.empty() : Optional.of(user(name, line, users));
    }

    /**
     * Keeps another form of the same password, unless somebody changed it meanwhile. All other
     * lines stay byte for byte.
     *
     * @throws IOException when the file cannot be read or written
     */
    synchronized void replace(User user, StoredPassword form) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String entry : entries(Files.readString(file, StandardCharsets.ISO_8859_1))) {
            String line = properties(entry).getProperty(user.name());
            if (line == null) {
                text.append(entry);
            } else if (password(line).equals(user.password())) {
                int comma = line.indexOf(',');
                text.append(escaped(user.name())).append(" = ").append(form.text());
                text.append(comma < 0 ? "" : line.substring(comma).replace("\\", "\\\\"))
                        .append('\n');
            } else {
                return;
            }
        }
        WholeFile.write(file, text.toString().getBytes(StandardCharsets.ISO_8859_1), true);
    }

    /** A comment, an empty line, or a line with those that continue it after a backslash. */
    private static List<String> entries(String text) {
        List<String> entries = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        for (String line : text.split("(?<=\n)")) {
            boolean comment = entry.isEmpty() && COMMENT.matcher(line).lookingAt();
            entry.append(line);
            if (comment || !CONTINUED.matcher(line).find()) {
                entries.add(entry.toString());
                entry.setLength(0);
            }
        }
        entries.add(entry.toString());
        return entries;
    }

    private static Properties properties(String text) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new IOException("malformed: " + e.getMessage(), e);
        }
        return properties;
    }

    private static String escaped(String key) {
        return KEY_SYNTAX.matcher(key).replaceAll("\\\\$0");
    }

    private static User user(String name, String line, Properties users) {
        List<String> groups = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        for (String entry : afterFirst(line)) {
            if (entry.startsWith(GROUP_PREFIX)) {
                groups.add(entry.substring(GROUP_PREFIX.length()));
                roles.addAll(afterFirst(users.getProperty(entry)));
            } else {
                roles.add(entry);
            }
        }
        return new User(name, password(line), List.copyOf(groups), List.copyOf(roles));
    }

    private static StoredPassword password(String line) {
        int comma = line.indexOf(',');
        return new StoredPassword((comma < 0 ? line : line.substring(0, comma)).strip());
    }

    private static List<String> afterFirst(@Nullable String line) {
        return line == null
                ? List.of()
                : Arrays.stream(line.split(","))
                        .skip(1)
                        .map(String::strip)
                        .filter(entry -> !entry.isEmpty())
                        .toList();
    }
}

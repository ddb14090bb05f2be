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
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * etc/users.properties, read anew for each login: who edits it need not restart anything.
 * Thread-safe; who changes the same file shares one of these, so that no change is lost.
 */
public final class UsersFile {

    private static final String GROUP_PREFIX = "_g_:";

    private static final Pattern COMMENT = Pattern.compile("\\s*[#!]");

    /** Ends with an odd number of backslashes. */
    private static final Pattern CONTINUED = Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\\\R?$");

    private static final Pattern KEY_SYNTAX = Pattern.compile("[\\\\ :=#!]");

    private final Path file;

    public UsersFile(Path file) {
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
        write(text.toString());
    }

    /** All of them by name; groups are none. None where there is no file. */
    Map<String, User> all() throws IOException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        Properties read = properties(Files.readString(file, StandardCharsets.ISO_8859_1));
        Map<String, User> users = new TreeMap<>();
        for (String name : read.stringPropertyNames()) {
            if (!name.startsWith(GROUP_PREFIX)) {
                users.put(name, user(name, read.getProperty(name), read));
            }
        }
        return users;
    }

    /**
     * Adds a line behind the others, which stay byte for byte.
     *
     * @param group without its prefix
     */
    synchronized void add(String name, StoredPassword form, String group) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        write(
                text
                        + separator
                        + escaped(name)
                        + " = "
                        + form.text()
                        + ","
                        + GROUP_PREFIX
                        + group
                        + "\n");
    }

    /** Removes the lines of a user; nothing where there is none. */
    synchronized void remove(String name) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        StringBuilder text = new StringBuilder();
        boolean found = false;
        for (String entry : entries(Files.readString(file, StandardCharsets.ISO_8859_1))) {
            if (properties(entry).containsKey(name)) {
                found = true;
            } else {
                text.append(entry);
            }
        }
        if (found) {
            write(text.toString());
        }
    }

    private void write(String text) throws IOException {
        WholeFile.write(file, text.getBytes(StandardCharsets.ISO_8859_1), WholeFile.OWNER_ONLY);
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

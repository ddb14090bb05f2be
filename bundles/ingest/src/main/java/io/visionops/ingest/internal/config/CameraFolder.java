package io.visionops.ingest.internal.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The folder that configuration files are in. Files are written as a whole, to a temporary file
 * that takes their name: what watches the folder never sees half of one. They may hold a password,
 * so only their owner can read those that we make.
 */
public final class CameraFolder {

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rw-------");

    private final Path folder;

    public CameraFolder(Path folder) {
        this.folder = folder;
    }

    public boolean exists(CameraFile file) {
        return Files.exists(folder.resolve(file.file()));
    }

    /** The address first, the rest by name. */
    public void create(CameraFile file, Map<String, String> settings) throws IOException {
        StringBuilder text = new StringBuilder();
        Map<String, String> rest = new TreeMap<>(settings);
        String url = rest.remove("url");
        if (url != null) {
            line(text, "url", url);
        }
        rest.forEach((key, value) -> line(text, key, value));
        write(folder.resolve(file.file()), text.toString(), OWNER);
    }

    /** Sets one key; all other lines stay as they are. */
    public void set(CameraFile file, String key, String value) throws IOException {
        Path path = folder.resolve(file.file());
        String old = Files.readString(path, StandardCharsets.ISO_8859_1);
        String written = file.file().endsWith(".config") ? "\"" + value + "\"" : value;
        write(path, replaced(old, key, written), Files.getPosixFilePermissions(path));
    }

    static String replaced(String text, String key, String value) {
        StringBuilder result = new StringBuilder();
        Pattern ours =
                Pattern.compile(
                        "\\s*" + Pattern.quote(key) + "\\s*([=:].*|\\s.*)?", Pattern.DOTALL);
        boolean continued = false;
        boolean dropping = false;
        boolean found = false;
        for (String line : text.split("(?<=\n)", -1)) {
            if (!continued) {
                dropping = ours.matcher(line.stripTrailing()).matches();
                if (dropping && !found) {
                    result.append(key).append(" = ").append(value).append('\n');
                    found = true;
                }
            }
            if (!dropping) {
                result.append(line);
            }
            continued = isContinued(line);
        }
        if (!found) {
            if (result.length() > 0 && result.charAt(result.length() - 1) != '\n') {
                result.append('\n');
            }
            result.append(key).append(" = ").append(value).append('\n');
        }
        return result.toString();
    }

    /** An odd number of backslashes at its end; a comment is never continued. */
    private static boolean isContinued(String line) {
        String plain = line.replaceAll("[\r\n]+$", "");
        String start = plain.stripLeading();
        if (start.startsWith("#") || start.startsWith("!")) {
            return false;
        }
        int slashes = 0;
        while (slashes < plain.length() && plain.charAt(plain.length() - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    public void delete(CameraFile file) throws IOException {
        Files.delete(folder.resolve(file.file()));
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(" = ");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                text.append("\\\\");
            } else if (c < 0x20 || c > 0x7e) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('\n');
    }

    private void write(Path path, String text, Set<PosixFilePermission> permissions)
            throws IOException {
        // Not a name that whoever watches the folder takes for a configuration.
        Path temporary =
                Files.createTempFile(
                        folder, ".camera", ".tmp", PosixFilePermissions.asFileAttribute(OWNER));
        try {
            Files.writeString(
                    temporary, text, StandardCharsets.ISO_8859_1, StandardOpenOption.SYNC);
            Files.setPosixFilePermissions(temporary, permissions);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}

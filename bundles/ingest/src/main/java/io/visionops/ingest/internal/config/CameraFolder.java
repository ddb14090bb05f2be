package io.visionops.ingest.internal.config;

import io.visionops.support.LiteralProperties;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The folder that configuration files are in. Files are written as a whole, to a temporary file
 * that takes their name: what watches the folder never sees half of one. They may hold a password,
 * so only their owner can read those that we make.
 */
public final class CameraFolder {

    private final Path folder;

    public CameraFolder(Path folder) {
        this.folder = folder;
    }

    public boolean exists(CameraFile file) {
        return Files.exists(folder.resolve(file.file()));
    }

    /**
     * The address first, the rest by name.
     *
     * @throws IllegalArgumentException when a value is more than one line
     */
    public void create(CameraFile file, Map<String, String> settings) throws IOException {
        write(folder.resolve(file.file()), text(settings), WholeFile.OWNER_ONLY);
    }

    /** What a file says that is read as these settings. */
    static String text(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        Map<String, String> rest = new TreeMap<>(settings);
        String url = rest.remove("url");
        if (url != null) {
            text.append(LiteralProperties.line("url", url)).append('\n');
        }
        rest.forEach((key, value) -> text.append(LiteralProperties.line(key, value)).append('\n'));
        return text.toString();
    }

    /** Sets one key; all other lines stay as they are. */
    public void set(CameraFile file, String key, String value) throws IOException {
        Path path = folder.resolve(file.file());
        String old = LiteralProperties.decode(Files.readAllBytes(path));
        String written = file.file().endsWith(".config") ? "\"" + value + "\"" : value;
        write(path, replaced(old, key, written), Files.getPosixFilePermissions(path));
    }

    static String replaced(String text, String key, String value) {
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        String entry = LiteralProperties.line(key, value) + end;
        StringBuilder result = new StringBuilder();
        boolean found = false;
        for (String line : LiteralProperties.withoutMark(text).split("(?<=\n)", -1)) {
            if (!LiteralProperties.parse(line).values().containsKey(key)) {
                result.append(line);
            } else if (!found) {
                result.append(entry);
                found = true;
            }
        }
        if (!found) {
            if (result.length() > 0 && result.charAt(result.length() - 1) != '\n') {
                result.append(end);
            }
            result.append(entry);
        }
        return result.toString();
    }

    public void delete(CameraFile file) throws IOException {
        Files.delete(folder.resolve(file.file()));
    }

    private synchronized void write(Path path, String text, Set<PosixFilePermission> permissions)
            throws IOException {
        WholeFile.write(path, text.getBytes(StandardCharsets.UTF_8), permissions);
    }
}

package io.visionops.ingest.internal.config;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good configuration of each camera, on disk: a wrong file must not stop a camera that
 * worked, not even when ingest is replaced or the machine starts again. What is kept is what the
 * file said, so a secret that it only names is not written anywhere.
 */
public final class LastGood {

    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);
    private static final String LOCATION = "felix.fileinstall.filename";

    private static final String SUFFIX = ".good";

    private final Path folder;

    public LastGood(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps a configuration that is good. Not kept is one that did not come from a file, or whose
     * file is another one by now.
     *
     * @param delivered by config admin, with secrets resolved
     */
    public void save(CameraFile file, Map<String, ?> delivered) {
        Object location = delivered.get(LOCATION);
        if (location == null) {
            return;
        }
        try {
            Properties written = read(path(location.toString()));
            for (String key : written.stringPropertyNames()) {
                String value = written.getProperty(key).strip();
                if (!value.contains("$") && !value.equals(String.valueOf(delivered.get(key)))) {
                    return;
                }
            }
            write(file, written);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn(
                    "the good configuration of camera {} is not kept: {}",
                    file.camera(),
                    e.toString());
        }
    }

    private static Path path(String location) {
        return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
    }

    private static Properties read(Path path) throws IOException {
        Properties text = new Properties();
        try (var in = Files.newInputStream(path)) {
            text.load(in);
        }
        return text;
    }

    private void write(CameraFile file, Properties text) throws IOException {
        Files.createDirectories(folder);
        Path target = target(file);
        if (Files.exists(target) && text.equals(read(target))) {
            return;
        }
        Path temporary =
                Files.createTempFile(
                        folder,
                        file.camera(),
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(temporary)) {
            text.store(out, null);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The last good configuration of a camera, if there is one.
     *
     * @param refused what config admin delivers now; secrets that are only named are taken from it
     */
    public Optional<Map<String, Object>> load(CameraFile file, Map<String, ?> refused) {
        Map<String, Object> settings = new HashMap<>();
        try {
            Properties kept = read(target(file));
            for (String key : kept.stringPropertyNames()) {
                String value = kept.getProperty(key);
                Object now = refused.get(key);
                settings.put(key, value.contains("$") && now != null ? now : value);
            }
            return Optional.of(settings);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn(
                    "the last good configuration of camera {} cannot be read: {}",
                    file.camera(),
                    e.toString());
            return Optional.empty();
        }
    }

    /** Whether there is a last good configuration of a camera. */
    public boolean isKept(CameraFile file) {
        return Files.exists(target(file));
    }

    /** The camera is no more. */
    public void forget(CameraFile file) {
        try {
            Files.deleteIfExists(target(file));
        } catch (IOException e) {
            LOG.warn("cannot be removed: {}", e.toString());
        }
    }

    /** Forgets cameras whose files were removed while nobody was looking; returns their names. */
    public List<String> forgetMissing(CameraFolder etc) {
        List<String> missing = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path one : files.toList()) {
                String name = String.valueOf(one.getFileName());
                if (name.endsWith(SUFFIX)) {
                    CameraFile file =
                            CameraFile.of(name.substring(0, name.length() - SUFFIX.length()));
                    if (!etc.exists(file)) {
                        Files.delete(one);
                        missing.add(file.camera());
                    }
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("nothing is kept yet", e);
        } catch (IOException e) {
            LOG.warn("configurations of former cameras cannot be removed: {}", e.toString());
        }
        return missing;
    }

    private Path target(CameraFile file) {
        return folder.resolve(file.camera() + SUFFIX);
    }
}

package io.visionops.ingest.internal.config;

import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static final String SUFFIX = ".last";

    private final Path folder;

    public LastGood(Path folder) {
        this.folder = folder;
    }

    /** Keeps a configuration that is good; not one that did not come from a file. */
    public void save(CameraText text) {
        if (!text.written()) {
            return;
        }
        Map<String, String> settings = new HashMap<>();
        text.values().forEach((key, value) -> settings.put(key, String.valueOf(value)));
        try {
            write(text.file(), CameraFolder.text(settings));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn(
                    "the good configuration of camera {} is not kept: {}",
                    text.file().camera(),
                    e.toString());
        }
    }

    private void write(CameraFile file, String text) throws IOException {
        Files.createDirectories(folder);
        Path target = target(file);
        if (Files.exists(target) && text.equals(Files.readString(target))) {
            return;
        }
        WholeFile.write(target, text.getBytes(StandardCharsets.UTF_8), WholeFile.OWNER_ONLY);
    }

    /** The last good configuration of a camera, if there is one. */
    public Optional<CameraText> load(CameraFile file) {
        try {
            return Optional.of(CameraText.of(file, Files.readAllBytes(target(file))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
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

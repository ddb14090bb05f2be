package io.visionops.health.internal.machine;

import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tries whether folders can be written. Waits for the disk. */
final class WriteProbe {

    private static final String NAME = ".visionops-health-probe";
    private static final byte[] CONTENT = {1};

    private final List<Path> folders;

    WriteProbe(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    int folders() {
        return (int) folders.stream().filter(Files::exists).count();
    }

    /** Those that cannot be written, with the reason; one that is not there is not used yet. */
    List<String> unwritable() {
        return folders.stream()
                .filter(Files::exists)
                .map(WriteProbe::trouble)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> trouble(Path folder) {
        Path probe = folder.resolve(NAME);
        try {
            WholeFile.write(probe, CONTENT, false);
            Files.delete(probe);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("folder " + folder + " cannot be written: " + e);
        }
    }
}

package io.visionops.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which run of the computer this is: what counts since its start means nothing in the next. */
public final class BootId {

    private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /** Empty on a system that does not tell. */
    public static Optional<String> read() {
        try {
            return Optional.of(Files.readString(FILE).strip());
        } catch (IOException elsewhere) {
            return Optional.empty();
        }
    }
}

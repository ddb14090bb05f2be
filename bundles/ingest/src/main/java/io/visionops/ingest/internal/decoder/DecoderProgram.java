package io.visionops.ingest.internal.decoder;

import java.nio.file.Path;
import java.util.Map;

/**
 * The ffmpeg program that is shipped, ready to run.
 *
 * @param environment what it must be started with
 */
public record DecoderProgram(Path path, Map<String, String> environment) {

    public DecoderProgram {
        environment = Map.copyOf(environment);
    }

    /** Its folder, a place to run in. */
    public Path folder() {
        Path folder = path.getParent();
        return folder == null ? Path.of("/") : folder;
    }
}

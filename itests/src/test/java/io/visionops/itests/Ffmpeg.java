package io.visionops.itests;

import io.visionops.ingest.internal.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Path;

/** The ffmpeg program of the natives, unpacked for the tests. */
final class Ffmpeg {

    private Ffmpeg() {}

    static Path program() throws IOException {
        return FfmpegProgram.unpack().ffmpeg();
    }
}

package io.visionops.itests;

import io.visionops.ingest.internal.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The ffmpeg program of the natives, unpacked for the tests. */
final class Ffmpeg {

    private Ffmpeg() {}

    static Path program() throws IOException {
        return FfmpegProgram.unpack().ffmpeg();
    }

    static String libraryPath() throws IOException {
        return FfmpegProgram.unpack().libraryPath();
    }

    static void run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program().toString(), "-y", "-v", "error", "-nostdin"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("LD_LIBRARY_PATH", libraryPath());
        Process process = builder.start();
        if (!process.waitFor(300, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("ffmpeg failed: " + arguments);
        }
    }
}

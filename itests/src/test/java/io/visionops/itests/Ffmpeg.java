package io.visionops.itests;

import io.visionops.ingest.internal.decoder.DecoderInstaller;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.ingest.internal.decoder.DecoderUnavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The ffmpeg program of the natives, made to run on this machine as the product does it. */
final class Ffmpeg {

    private Ffmpeg() {}

    static synchronized DecoderProgram program() throws IOException {
        try {
            return new DecoderInstaller().install();
        } catch (DecoderUnavailable unavailable) {
            throw new IOException(unavailable);
        }
    }

    static void run(List<String> arguments) throws IOException, InterruptedException {
        Process process = command(arguments).inheritIO().start();
        if (!process.waitFor(300, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("ffmpeg failed: " + arguments);
        }
    }

    static ProcessBuilder command(List<String> arguments) throws IOException {
        DecoderProgram program = program();
        List<String> command =
                new ArrayList<>(
                        List.of(program.path().toString(), "-y", "-v", "error", "-nostdin"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(program.environment());
        return builder;
    }
}

package io.visionops.ingest.internal.camera;

import io.visionops.ingest.internal.decoder.DecoderProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes test clips with the decoder program itself, which can encode as well. */
final class Media {

    private Media() {}

    /** A moving test picture with its time in it, H.264 in MP4, one key frame a second. */
    static Path clip(Path folder, int width, int height, int fps, int frames) throws Exception {
        Path file = folder.resolve("clip-" + width + "-" + fps + "-" + frames + ".mp4");
        run(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + width + "x" + height + ":rate=" + fps,
                "-frames:v",
                String.valueOf(frames),
                "-c:v",
                "libopenh264",
                "-b:v",
                "1M",
                "-g",
                String.valueOf(fps),
                "-pix_fmt",
                "yuv420p",
                file.toString());
        return file;
    }

    /** The same as H.264 alone, which the test server of the shared tools reads. */
    static Path elementary(Path mp4) throws Exception {
        Path file = Path.of(mp4 + ".h264");
        run("-i", mp4.toString(), "-c", "copy", "-bsf:v", "h264_mp4toannexb", file.toString());
        return file;
    }

    static void run(String... arguments) throws Exception {
        DecoderProgram program = Rig.DECODER.program();
        List<String> command = new ArrayList<>();
        command.addAll(List.of(program.path().toString(), "-nostdin", "-y", "-v", "error"));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile("media", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(program.environment());
        Process process = builder.redirectOutput(log.toFile()).start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("cannot make test media: " + Files.readString(log));
        }
        Files.delete(log);
    }
}

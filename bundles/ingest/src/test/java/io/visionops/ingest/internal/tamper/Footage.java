package io.visionops.ingest.internal.tamper;

import io.visionops.ingest.internal.decoder.DecoderInstaller;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.ingest.internal.decoder.FrameStream;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Pictures as a camera would send them: a scene, changed, compressed, and decoded as we do it. */
final class Footage {

    /** Pictures a second. */
    static final int FPS = 5;

    private final DecoderProgram ffmpeg;

    Footage() throws Exception {
        ffmpeg = new DecoderInstaller().install();
    }

    DecoderProgram ffmpeg() {
        return ffmpeg;
    }

    /** Sees each picture. */
    interface Viewer {
        void see(ByteBuffer i420, Size size, int frame);
    }

    /**
     * @param scene a file, repeated as often as needed
     */
    void show(Path scene, Scenario scenario, Encoding encoding, Viewer viewer)
            throws IOException, InterruptedException {
        List<String> make = new ArrayList<>(List.of(encoder(encoding), "-nostdin", "-v", "error"));
        make.addAll(List.of("-stream_loop", "-1", "-i", scene.toString()));
        make.addAll(List.of("-an", "-t", String.valueOf(scenario.seconds())));
        make.addAll(
                List.of(
                        "-filter_complex",
                        "[0:v]fps=" + FPS + ",setpts=N/" + FPS + "/TB," + scenario.filter()));
        make.addAll(List.of("-pix_fmt", "yuv420p", "-threads", "1", "-c:v", encoding.codec()));
        make.addAll(encoding.options());
        make.addAll(List.of("-f", "mpegts", "pipe:1"));
        List<String> see =
                List.of(
                        ffmpeg.path().toString(),
                        "-nostdin",
                        "-v",
                        "error",
                        "-threads",
                        "1",
                        "-f",
                        "mpegts",
                        "-i",
                        "pipe:0",
                        "-vf",
                        "scale=640:-2:flags=fast_bilinear",
                        "-fps_mode",
                        "passthrough",
                        "-pix_fmt",
                        "yuv420p",
                        "-f",
                        "yuv4mpegpipe",
                        "pipe:1");
        Path log = Files.createTempFile("footage", ".log");
        List<Process> both =
                ProcessBuilder.startPipeline(List.of(builder(make, log), builder(see, log)));
        try {
            FrameStream stream = new FrameStream(both.get(1).getInputStream());
            ByteBuffer memory = ByteBuffer.allocateDirect(stream.size().bytes());
            int frame = 0;
            while (stream.next(memory)) {
                viewer.see(memory, stream.size(), frame++);
            }
            if (frame < FPS * (scenario.seconds() - 2)) {
                throw new IOException(frame + " pictures only: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new IOException(scenario.name() + ": " + Files.readString(log), e);
        } finally {
            for (Process one : both) {
                one.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            Files.delete(log);
        }
    }

    private String encoder(Encoding encoding) {
        return encoding.isBundled() ? ffmpeg.path().toString() : Encoding.DEBIAN.toString();
    }

    private ProcessBuilder builder(List<String> command, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command);
        if (command.get(0).equals(ffmpeg.path().toString())) {
            builder.environment().putAll(ffmpeg.environment());
        }
        return builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }
}

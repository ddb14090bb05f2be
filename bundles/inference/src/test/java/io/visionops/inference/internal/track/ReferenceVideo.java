package io.visionops.inference.internal.track;

import io.visionops.api.frame.Frame;
import io.visionops.ingest.internal.decoder.DecoderInstaller;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.ingest.internal.decoder.DecoderUnavailable;
import io.visionops.testkit.FakeFrame;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The first half of PETS 2009 S2.L1, which the Debian package opencv-doc has as vtest.avi. */
public final class ReferenceVideo {

    public static final Path FILE = Path.of("/usr/share/doc/opencv-doc/examples/data/vtest.avi");
    public static final int WIDTH = 768;
    public static final int HEIGHT = 576;
    public static final int FRAMES = 397;
    public static final double ASPECT = (double) WIDTH / HEIGHT;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MILLIS_BETWEEN = 100;

    private ReferenceVideo() {}

    /** Decodes it with the ffmpeg program that the product ships, frames numbered from 1. */
    public static void play(Consumer<Frame> viewer) throws IOException, InterruptedException {
        Process process = start();
        try (DataInputStream pipe = new DataInputStream(process.getInputStream())) {
            byte[] planes = new byte[WIDTH * HEIGHT * 3 / 2];
            for (int number = 1; number <= FRAMES; number++) {
                pipe.readFully(planes);
                Instant time = START.plusMillis((long) MILLIS_BETWEEN * number);
                viewer.accept(FakeFrame.of("vtest", number, time, WIDTH, HEIGHT, planes));
            }
        } catch (EOFException e) {
            throw new IOException("ffmpeg ended early with " + process.waitFor(), e);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Process start() throws IOException {
        DecoderProgram ffmpeg = ffmpeg();
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                ffmpeg.path().toString(),
                                "-v",
                                "error",
                                "-nostdin",
                                "-i",
                                FILE.toString(),
                                "-frames:v",
                                String.valueOf(FRAMES),
                                "-fps_mode",
                                "passthrough",
                                "-pix_fmt",
                                "yuv420p",
                                "-f",
                                "rawvideo",
                                "pipe:1"));
        builder.environment().putAll(ffmpeg.environment());
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static DecoderProgram ffmpeg() throws IOException {
        try {
            return new DecoderInstaller().install();
        } catch (DecoderUnavailable unavailable) {
            throw new IOException(unavailable);
        }
    }
}

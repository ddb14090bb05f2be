package io.visionops.inference.internal.detector;

import io.visionops.testkit.FakeFrame;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/**
 * A camera that looks at a textured wall: even light, sensor noise of a given strength, and
 * whatever the test paints on it. Deterministic.
 */
public final class SyntheticCamera {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final int width;
    private final int height;
    private final double fps;
    private final double noise;
    private final Random random = new Random(42);
    private final byte[] scene;

    /** Drawn from over and over: drawing anew costs more than what is tested. */
    private final double[] gaussian = new double[4096];

    private long sequence;
    private int light;

    public SyntheticCamera(int width, int height, double fps, double noise) {
        this.width = width;
        this.height = height;
        this.fps = fps;
        this.noise = noise;
        Arrays.setAll(gaussian, i -> random.nextGaussian());
        scene = FakeFrame.grey(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                scene[y * width + x] = (byte) (100 + 20 * ((x / 40 + y / 40) % 3));
            }
        }
    }

    /** Adds so many levels to the whole picture from now on. */
    public void light(int levels) {
        light = levels;
    }

    /** The next frame: the scene, with a rectangle that differs from it by so many levels. */
    public FakeFrame frame(int left, int top, int w, int h, int contrast) {
        return frame(new int[] {left, top, w, h, contrast});
    }

    /** The same with several rectangles; where they overlap they do not add up. */
    public FakeFrame frame(int[]... rectangles) {
        byte[] planes = Arrays.copyOf(scene, scene.length);
        for (int[] r : rectangles) {
            for (int y = Math.max(0, r[1]); y < Math.min(height, r[1] + r[3]); y++) {
                for (int x = Math.max(0, r[0]); x < Math.min(width, r[0] + r[2]); x++) {
                    planes[y * width + x] = (byte) (scene[y * width + x] + r[4]);
                }
            }
        }
        for (int i = 0; i < width * height; i++) {
            double value = (planes[i] & 0xff) + light + noise * gaussian[random.nextInt(4096)];
            planes[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        sequence++;
        return FakeFrame.of(
                "test",
                sequence,
                START.plusMillis(Math.round(1000 * sequence / fps)),
                width,
                height,
                planes);
    }

    public FakeFrame still() {
        return frame();
    }
}

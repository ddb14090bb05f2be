package io.visionops.ingest.internal.tamper;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Pictures of a made-up place, for tests that need no codec. */
final class Pictures {

    static final int WIDTH = 640;
    static final int HEIGHT = 360;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(WIDTH * HEIGHT * 3 / 2);
    private final byte[] place = new byte[2 * WIDTH * 2 * HEIGHT];
    private final Random random = new Random(1);

    /** A place larger than the picture: boxes of all sizes and shades. */
    Pictures() {
        Random boxes = new Random(42);
        for (int i = 0; i < 500; i++) {
            int left = boxes.nextInt(2 * WIDTH);
            int top = boxes.nextInt(2 * HEIGHT);
            int right = Math.min(2 * WIDTH, left + 10 + boxes.nextInt(120));
            int bottom = Math.min(2 * HEIGHT, top + 10 + boxes.nextInt(120));
            byte shade = (byte) (40 + boxes.nextInt(180));
            for (int y = top; y < bottom; y++) {
                Arrays.fill(place, y * 2 * WIDTH + left, y * 2 * WIDTH + right, shade);
            }
        }
    }

    /** The place from a corner, each point a little off as in a real sensor. */
    ByteBuffer live(int left, int top) {
        return filled(left, top, 1, 0, 4);
    }

    /** The place as it is, without noise: the same each time. */
    ByteBuffer still() {
        return filled(100, 100, 1, 0, 0);
    }

    /** The place with its brightness multiplied and shifted. */
    ByteBuffer lit(double factor, int shift, int noise) {
        return filled(100, 100, factor, shift, noise);
    }

    private ByteBuffer filled(int left, int top, double factor, int shift, int noise) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int value = place[(top + y) * 2 * WIDTH + left + x] & 0xff;
                int off = noise == 0 ? 0 : random.nextInt(2 * noise + 1) - noise;
                memory.put(
                        y * WIDTH + x,
                        (byte) Math.max(0, Math.min(255, value * factor + shift + off)));
            }
        }
        return memory;
    }

    /**
     * The place with noise that stands still, of which an encoder adds a tenth each second: from
     * nothing to all.
     */
    ByteBuffer polished(int second) {
        still();
        Random noise = new Random(7);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int off = noise.nextInt(9) - 4;
            if (noise.nextInt(10) < second) {
                memory.put(i, (byte) Math.max(0, Math.min(255, (memory.get(i) & 0xff) + off)));
            }
        }
        return memory;
    }

    /** The place with noise that an encoder shows with each key frame, and little of it between. */
    ByteBuffer held(int second, int keyFrames) {
        still();
        Random noise = new Random(second / keyFrames);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int off = noise.nextInt(5) - 2;
            memory.put(i, (byte) Math.max(0, Math.min(255, (memory.get(i) & 0xff) + off)));
        }
        int from = 8 * (second % 11);
        for (int y = from; y < from + 8; y++) {
            memory.put(y * WIDTH + from, (byte) (memory.get(y * WIDTH + from) ^ 1));
        }
        return memory;
    }

    /** The place without noise, and in it somebody who stands elsewhere each second. */
    ByteBuffer withWalker(int second) {
        still();
        for (int y = 150; y < 210; y++) {
            for (int x = 40 * second; x < 40 * second + 20; x++) {
                memory.put(y * WIDTH + x, (byte) (y % 2 == 0 ? 235 : 16));
            }
        }
        return memory;
    }

    /** Writes that change with {@code second} into the upper left corner of the last picture. */
    ByteBuffer withClock(int second) {
        for (int y = 8; y < 24; y++) {
            for (int x = 10; x < 160; x++) {
                memory.put(y * WIDTH + x, (byte) ((x / 6 + second) % 3 == 0 ? 235 : 16));
            }
        }
        return memory;
    }
}

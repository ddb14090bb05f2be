package io.visionops.inference.internal.onnx.format;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.onnx.TinyOnnx;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFileTest {

    private static final byte[] GOOD =
            new TinyOnnx().input("x", 1, 3, 8, 8).output("o", new float[85], 1, 1, 85).bytes();

    @Test
    void aModelPasses() {
        assertThatCode(() -> OnnxFile.check(ByteBuffer.wrap(GOOD))).doesNotThrowAnyException();
    }

    @Test
    void aGroupIsRefused() {
        assertRefused(with(0x0b));
        assertRefused(with(0x0c));
    }

    @Test
    void aTagIsReadAsItIsWritten() {
        // Field 1, a number, with a bit above the 32nd: another reader takes it for field 1.
        assertRefused(with(0x88, 0x80, 0x80, 0x80, 0x10, 8));
        assertRefused(with(0x88, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 8));
        // The same in more bytes than it takes.
        assertRefused(with(0x88, 0x00, 8));
        assertRefused(with(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80));
        // Field 0.
        assertRefused(with(0x02, 0));
    }

    @Test
    void noLengthLeadsOutOfTheFile() {
        // Minus one, 2^63 - 1, 2^32 and one byte too many.
        assertRefused(with(0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01));
        assertRefused(with(0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f));
        assertRefused(with(0x12, 0x80, 0x80, 0x80, 0x80, 0x10));
        assertRefused(with(0x12, 0x01));
    }

    @Test
    void dataElsewhereIsFoundHoweverItIsWritten() {
        byte[] elsewhere = message(14 << 3, 0x81, 0x80, 0x80, 0x80, 0x10);
        byte[] attribute = part(5, elsewhere);
        byte[] node = part(5, attribute);

        // In a function's defaults and its nodes, and in a graph for training.
        assertRefused(with(part(25, part(11, attribute))));
        assertRefused(with(part(25, part(7, node))));
        assertRefused(with(part(20, part(1, part(5, elsewhere)))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsChangedInAModelIsPassedOrRefusedInTime(long seed) {
        Random random = new Random(seed);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    for (int i = 0; i < 20_000; i++) {
                        check(changed(random));
                    }
                });
    }

    private static byte[] changed(Random random) {
        byte[] bytes = GOOD.clone();
        int head = Math.min(bytes.length, 200);
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            int at = random.nextInt(random.nextBoolean() ? head : bytes.length);
            bytes[at] =
                    switch (random.nextInt(4)) {
                        case 0 -> (byte) 0xff;
                        case 1 -> (byte) 0x80;
                        case 2 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
                        default -> (byte) random.nextInt(256);
                    };
        }
        int length = random.nextInt(4) == 0 ? 1 + random.nextInt(bytes.length) : bytes.length;
        return Arrays.copyOf(bytes, length);
    }

    private static void check(byte[] bytes) {
        try {
            OnnxFile.check(ByteBuffer.wrap(bytes));
        } catch (ModelException e) {
            assertThatCode(e::getMessage).doesNotThrowAnyException();
        }
    }

    private static void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> OnnxFile.check(ByteBuffer.wrap(bytes)))
                .isInstanceOf(ModelException.class);
    }

    /** A good model, and something more at its end. */
    private static byte[] with(int... more) {
        return with(message(more));
    }

    private static byte[] with(byte[] more) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(GOOD);
        all.writeBytes(more);
        return all.toByteArray();
    }

    private static byte[] message(int... bytes) {
        byte[] message = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            message[i] = (byte) bytes[i];
        }
        return message;
    }

    private static byte[] part(int field, byte[] inner) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int tag = field << 3 | 2;
        if (tag > 0x7f) {
            all.write(tag & 0x7f | 0x80);
            all.write(tag >> 7);
        } else {
            all.write(tag);
        }
        all.write(inner.length);
        all.writeBytes(inner);
        return all.toByteArray();
    }
}

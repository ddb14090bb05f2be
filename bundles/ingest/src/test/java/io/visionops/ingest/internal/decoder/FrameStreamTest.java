package io.visionops.ingest.internal.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.ingest.internal.decoder.FrameStream.Size;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameStreamTest {

    private static final String HEADER = "YUV4MPEG2 W8 H4 F5:1 Ip A0:0 C420jpeg XYSCSS=420JPEG\n";
    private static final Size SIZE = new Size(8, 4);

    private static byte[] stream(int frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HEADER.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < frames; i++) {
            out.writeBytes(frame(i));
        }
        return out.toByteArray();
    }

    private static byte[] frame(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("FRAME\n".getBytes(StandardCharsets.US_ASCII));
        byte[] pixels = new byte[SIZE.bytes()];
        java.util.Arrays.fill(pixels, (byte) value);
        out.writeBytes(pixels);
        return out.toByteArray();
    }

    private static ByteBuffer memory() {
        return ByteBuffer.allocateDirect(SIZE.bytes());
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** As a pipe does at its worst: a few bytes at a time. */
    private static InputStream inPieces(byte[] bytes, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(most, length));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 7, 49, 1000})
    void picturesAreReadHoweverTheBytesArrive(int piece) throws IOException {
        FrameStream frames = new FrameStream(inPieces(stream(3), piece));
        ByteBuffer memory = memory();

        assertThat(frames.size()).isEqualTo(SIZE);
        for (int i = 0; i < 3; i++) {
            assertThat(frames.next(memory)).isTrue();
            assertThat(memory.remaining()).isEqualTo(48);
            assertThat(memory.get(0)).isEqualTo((byte) i);
            assertThat(memory.get(47)).isEqualTo((byte) i);
        }
        assertThat(frames.next(memory)).isFalse();
    }

    @Test
    void nothingBeyondAPictureIsReadSoThatAnotherCanGoOn() throws IOException {
        InputStream in = new ByteArrayInputStream(stream(2));
        FrameStream first = new FrameStream(in);
        first.next(memory());

        ByteBuffer memory = memory();
        FrameStream second = new FrameStream(in, SIZE, first.header(), position(1, 0));
        assertThat(second.next(memory)).isTrue();

        assertThat(memory.get(0)).isEqualTo((byte) 1);
    }

    private static long position(int pictures, int more) {
        return HEADER.length() + (long) pictures * SIZE.written() + more;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 6, 7, 53})
    void whoTakesOverInTheMiddleOfAPictureGoesOnWithTheNext(int read) throws IOException {
        InputStream in = new ByteArrayInputStream(stream(3));
        in.skipNBytes(position(1, read));
        FrameStream second = new FrameStream(in, SIZE, HEADER.length(), position(1, read));
        ByteBuffer memory = memory();

        assertThat(second.next(memory)).isTrue();

        assertThat(memory.get(0)).isEqualTo((byte) 2);
        assertThat(second.next(memory)).isFalse();
    }

    @Test
    void aPictureThatIsCutOffIsTheEnd() throws IOException {
        byte[] whole = stream(1);
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);

        assertThat(new FrameStream(new ByteArrayInputStream(cut)).next(memory())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Y", "YUV4MPEG2 W8 H4"})
    void aStreamThatEndsBeforeThePictureSizeSaysSo(String text) {
        assertThatThrownBy(() -> new FrameStream(text(text)).size())
                .isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\n",
                "YUV4MPEG2X\n",
                "\n",
                "YUV4MPEG2 W0 H4\n",
                "YUV4MPEG2 W7 H4\n",
                "YUV4MPEG2 H4\n",
                "YUV4MPEG2 Wx Hy\n",
                "YUV4MPEG2 W99998 H99998\n",
                "YUV4MPEG2 W8 H4 C444\n"
            })
    void aHeaderThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> new FrameStream(text(text)).size())
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(EOFException.class);
    }

    @Test
    void anEndlessHeaderIsNotReadForEver() {
        assertThatThrownBy(() -> new FrameStream(text("YUV4MPEG2 " + "X".repeat(10_000))).size())
                .hasMessageContaining("YUV4MPEG2");
    }

    @Test
    void outputThatIsOutOfStepIsNoticed() {
        FrameStream frames = new FrameStream(text(HEADER + "FRAMF\n" + "x".repeat(48)));

        assertThatThrownBy(() -> frames.next(memory())).hasMessageContaining("out of step");
    }
}

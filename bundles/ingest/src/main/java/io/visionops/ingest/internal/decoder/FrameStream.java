package io.visionops.ingest.internal.decoder;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads YUV4MPEG2, ffmpeg's way of writing raw pictures with their size: one header line, then
 * {@code FRAME} and the planes of each picture. Reads not one byte beyond a picture, so that
 * another can go on where this one stopped. Not thread-safe.
 */
public final class FrameStream {

    /** Nothing larger is plausible; protects from believing garbage. */
    private static final int MOST_PIXELS = 1920 * 4096;

    private static final String MAGIC = "YUV4MPEG2 ";
    private static final byte[] MARK = "FRAME\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_HEADER = 256;

    /** The capacity of a pipe: no read yields more. */
    private static final int CHUNK = 65_536;

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK];
    private @Nullable Size size;
    private int header;

    /** Of a picture that somebody else has begun to read. */
    private long foreign;

    /** Read by others than the reader. */
    private volatile boolean between = true;

    /** Pixels. */
    public record Size(int width, int height) {

        /** Bytes of a picture in planar YUV 4:2:0. */
        public int bytes() {
            return width * height * 3 / 2;
        }

        /** Bytes of a picture as it is written, its mark included. */
        public int written() {
            return MARK.length + bytes();
        }
    }

    /** At the beginning of a stream. */
    public FrameStream(InputStream in) {
        this.in = in;
    }

    /**
     * Anywhere in a stream whose header somebody else has read; of a picture that was begun the
     * rest is passed over.
     *
     * @param header its length in bytes
     * @param position bytes that were read so far, the header included
     */
    public FrameStream(InputStream in, Size size, int header, long position) {
        this.in = in;
        this.size = size;
        this.header = header;
        long begun = (position - header) % size.written();
        this.foreign = begun == 0 ? 0 : size.written() - begun;
    }

    /**
     * The size of the pictures; blocks until the stream says it.
     *
     * @throws EOFException when the stream ends before
     * @throws IOException when it is not what we expect
     */
    public Size size() throws IOException {
        Size known = size;
        if (known == null) {
            known = readHeader();
            size = known;
        }
        return known;
    }

    /** Length of the header in bytes, once {@link #size()} is known. */
    public int header() {
        return header;
    }

    /** Whether no byte of the next picture has been read. Thread-safe. */
    public boolean isBetween() {
        return between;
    }

    private Size readHeader() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the stream ended before the first picture");
            }
            line.append((char) c);
            if (line.length() > LONGEST_HEADER
                    || !MAGIC.startsWith(
                            line.substring(0, Math.min(line.length(), MAGIC.length())))) {
                throw new IOException("the decoder does not write YUV4MPEG2");
            }
        }
        header = line.length() + 1;
        int width = 0;
        int height = 0;
        for (String word : line.toString().split(" ")) {
            if (word.startsWith("W")) {
                width = number(word);
            } else if (word.startsWith("H")) {
                height = number(word);
            } else if (word.startsWith("C") && !word.matches("C420(jpeg|mpeg2|paldv)?")) {
                throw new IOException("the decoder writes " + word + " instead of planar 4:2:0");
            }
        }
        if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
            throw new IOException("the decoder writes pictures of " + width + "x" + height);
        }
        if ((long) width * height > MOST_PIXELS) {
            throw new IOException("pictures of " + width + "x" + height + " are too large");
        }
        return new Size(width, height);
    }

    private static int number(String word) {
        return word.matches("[A-Z]\\d{1,5}") ? Integer.parseInt(word.substring(1)) : 0;
    }

    /**
     * Reads the next picture.
     *
     * @param into filled from position 0 to its limit, {@link Size#bytes()}
     * @return false when the stream ended, a picture that was cut off included
     * @throws IOException when the stream is out of step
     */
    public boolean next(ByteBuffer into) throws IOException {
        int want = size().bytes();
        into.clear().limit(want);
        if (!passForeign()) {
            return false;
        }
        between = true;
        int got = 0;
        int total = size().written();
        while (got < total) {
            int n = in.read(chunk, 0, Math.min(CHUNK, total - got));
            if (n < 0) {
                return false;
            }
            between = false;
            int mark = Math.max(0, Math.min(n, MARK.length - got));
            for (int i = 0; i < mark; i++) {
                if (chunk[i] != MARK[got + i]) {
                    throw new IOException("the decoder's output is out of step");
                }
            }
            into.put(chunk, mark, n - mark);
            got += n;
        }
        into.flip();
        return true;
    }

    private boolean passForeign() throws IOException {
        while (foreign > 0) {
            int n = in.read(chunk, 0, (int) Math.min(CHUNK, foreign));
            if (n < 0) {
                return false;
            }
            foreign -= n;
        }
        return true;
    }
}

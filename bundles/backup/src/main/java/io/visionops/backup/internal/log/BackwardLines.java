package io.visionops.backup.internal.log;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file from its end to its beginning, a block at a time. A file that is renamed or
 * deleted meanwhile is read on; what is written behind its end of now is not seen. For one thread.
 */
final class BackwardLines implements Closeable {

    private static final int BLOCK = 64 * 1024;

    /** Of a longer line only the end is kept, which is no line of the log. */
    private static final int LONGEST = 1024 * 1024;

    private final FileChannel channel;

    /** Where what is in {@link #bytes} begins in the file. */
    private long position;

    /** What was read and is not returned yet. */
    private byte[] bytes = new byte[0];

    private boolean first = true;

    BackwardLines(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        position = channel.size();
    }

    /** How much of the file is still to be read. */
    long left() {
        return position;
    }

    /** The line before; null at the beginning of the file. */
    @Nullable String next() throws IOException {
        while (true) {
            int start = lastNewline();
            if (start >= 0) {
                String line = text(start + 1);
                bytes = Arrays.copyOf(bytes, start);
                if (!first || !line.isEmpty()) {
                    first = false;
                    return line;
                }
                // What the last newline ends begins before it.
                first = false;
            } else if (position > 0) {
                readMore();
            } else if (bytes.length > 0) {
                String line = text(0);
                bytes = new byte[0];
                return line;
            } else {
                return null;
            }
        }
    }

    private int lastNewline() {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private String text(int from) {
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    private void readMore() throws IOException {
        int length = (int) Math.min(BLOCK, position);
        position -= length;
        int kept = Math.min(bytes.length, LONGEST);
        ByteBuffer block = ByteBuffer.allocate(length + kept);
        block.limit(length);
        while (block.hasRemaining()) {
            if (channel.read(block, position + block.position()) < 0) {
                throw new EOFException("the log has become shorter while it was read");
            }
        }
        block.limit(length + kept);
        block.put(bytes, bytes.length - kept, kept);
        bytes = block.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

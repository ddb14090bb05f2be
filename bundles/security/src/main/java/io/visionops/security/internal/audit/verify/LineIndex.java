package io.visionops.security.internal.audit.verify;

import io.visionops.security.internal.audit.chain.LogFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The number of every line of a log, by which a break in the order is told from another: read
 * before the lines are verified. For one thread at a time.
 */
final class LineIndex implements LogFolder.LineReader {

    private long[] seqs = new long[1024];
    private long[] digests = new long[1024];
    private int size;
    private int tornBytes;
    private boolean tornWithin;

    /** Of the first line with that number; made when it is needed. */
    private final Map<Long, Integer> first = new HashMap<>();

    private final Map<Long, Integer> last = new HashMap<>();

    static LineIndex read(LogFolder folder) throws IOException {
        LineIndex index = new LineIndex();
        folder.read(index);
        return index;
    }

    @Override
    public boolean line(byte[] bytes, int from, int to) {
        if (size == seqs.length) {
            seqs = Arrays.copyOf(seqs, size * 2);
            digests = Arrays.copyOf(digests, size * 2);
        }
        tornWithin |= tornBytes > 0;
        seqs[size] = number(bytes, from, to);
        digests[size++] = digest(bytes, from, to);
        return true;
    }

    @Override
    public void torn(Path segment, byte[] bytes, int from) {
        tornWithin |= tornBytes > 0;
        tornBytes = bytes.length - from;
    }

    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to && bytes[i] != '\t'; i++) {
            if (bytes[i] < '0' || bytes[i] > '9' || i - from > 17) {
                return -1;
            }
            number = number * 10 + (bytes[i] - '0');
        }
        return number;
    }

    /** Tells equal lines from different ones; nothing is proven by it. */
    private static long digest(byte[] bytes, int from, int to) {
        long digest = 0;
        for (int i = from; i < to; i++) {
            digest = digest * 1_099_511_628_211L + bytes[i];
        }
        return digest;
    }

    int size() {
        return size;
    }

    /** Half a line at the very end. */
    int tornBytes() {
        return tornBytes;
    }

    /** Half a line with others after it, which no power cut leaves. */
    boolean isTornWithin() {
        return tornWithin;
    }

    private void prepare() {
        if (first.isEmpty()) {
            for (int i = 0; i < size; i++) {
                first.putIfAbsent(seqs[i], i);
                last.put(seqs[i], i);
            }
        }
    }

    /** Is there a line of that number behind this one? */
    boolean comesAfter(int index, long seq) {
        prepare();
        return last.getOrDefault(seq, -1) > index;
    }

    /** Is there another line of that number? */
    boolean isTwice(long seq) {
        prepare();
        return !first.getOrDefault(seq, -1).equals(last.getOrDefault(seq, -1));
    }

    /** Is this line the same, byte for byte, as one before it? */
    boolean isRepetition(int index) {
        prepare();
        int before = first.getOrDefault(seqs[index], index);
        return before < index && digests[before] == digests[index];
    }
}

package io.visionops.store.internal.encoding;

import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Fact;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects of a frame in a few bytes each. Edges and scores are kept to 1/100000, a fiftieth of
 * a pixel in a picture 2000 wide: a day of eight cameras is millions of rows.
 *
 * <p>Layout: version, then numbers of variable length (seven bits a byte, lowest first; signed ones
 * folded): objects; for each its track, label length and UTF-8, score, x1, y1, width, height.
 */
public final class TrackBlob {

    private static final byte VERSION = 1;
    private static final double UNITS = 100_000;

    private ByteBuffer buffer = ByteBuffer.allocate(1024);

    /** Encodes; not thread-safe. */
    public byte[] encode(List<Fact.Tracked> objects) {
        buffer.clear();
        buffer.put(VERSION);
        number(objects.size());
        for (Fact.Tracked object : objects) {
            signed(object.track());
            byte[] label = object.label().getBytes(StandardCharsets.UTF_8);
            number(label.length);
            room(label.length).put(label);
            signed(units(object.score()));
            Box box = object.box();
            long x1 = units(box.x1());
            long y1 = units(box.y1());
            signed(x1);
            signed(y1);
            number(units(box.x2()) - x1);
            number(units(box.y2()) - y1);
        }
        byte[] blob = new byte[buffer.position()];
        buffer.flip().get(blob);
        return blob;
    }

    /**
     * Decodes.
     *
     * @throws IllegalArgumentException when it is not such a blob
     */
    public static List<Fact.Tracked> decode(byte[] blob) {
        try {
            ByteBuffer in = ByteBuffer.wrap(blob);
            if (in.get() != VERSION) {
                throw new IllegalArgumentException("objects of a form that is not known");
            }
            int count = Math.toIntExact(number(in));
            List<Fact.Tracked> objects = new ArrayList<>(Math.min(count, blob.length));
            for (int i = 0; i < count; i++) {
                long track = signed(in);
                byte[] label = new byte[Math.min(Math.toIntExact(number(in)), blob.length)];
                in.get(label);
                double score = signed(in) / UNITS;
                long x1 = signed(in);
                long y1 = signed(in);
                long x2 = x1 + number(in);
                long y2 = y1 + number(in);
                objects.add(
                        new Fact.Tracked(
                                track,
                                new String(label, StandardCharsets.UTF_8),
                                score,
                                new Box(x1 / UNITS, y1 / UNITS, x2 / UNITS, y2 / UNITS)));
            }
            return objects;
        } catch (BufferUnderflowException | ArithmeticException torn) {
            throw new IllegalArgumentException("objects of a frame are damaged", torn);
        }
    }

    private static long units(double value) {
        if (!(Math.abs(value) <= 1_000_000)) {
            throw new IllegalArgumentException("not a relative position or score: " + value);
        }
        return Math.round(value * UNITS);
    }

    private void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    private static long signed(ByteBuffer in) {
        long folded = number(in);
        return (folded >>> 1) ^ -(folded & 1);
    }

    private void number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = buffer.position() + bytes;
            buffer = ByteBuffer.allocate(2 * needed).put(buffer.flip());
        }
        return buffer;
    }
}

package io.visionops.itests;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program or library of Linux, 64 bits, as the dynamic linker sees it (System V gABI, chapters 4
 * and 5).
 */
final class ElfFile {

    static final int X86_64 = 62;

    private static final int PROGRAM_HEADER = 56;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int NEEDED = 1;
    private static final int STRING_TABLE = 5;

    private final ByteBuffer bytes;

    private ElfFile(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static ElfFile of(byte[] bytes) {
        return new ElfFile(bytes);
    }

    static boolean is(byte[] bytes) {
        return bytes.length > 64
                && bytes[0] == 0x7f
                && bytes[1] == 'E'
                && bytes[2] == 'L'
                && bytes[3] == 'F'
                && bytes[4] == 2
                && bytes[5] == 1;
    }

    int machine() {
        return bytes.getShort(18);
    }

    /** Names of the libraries that it is linked to. */
    List<String> needed() {
        List<String> names = new ArrayList<>();
        int dynamic = segment(DYNAMIC);
        if (dynamic < 0) {
            return names;
        }
        long strings = 0;
        List<Long> offsets = new ArrayList<>();
        int at = Math.toIntExact(bytes.getLong(dynamic + 8));
        for (long tag = bytes.getLong(at); tag != 0; at += 16, tag = bytes.getLong(at)) {
            if (tag == NEEDED) {
                offsets.add(bytes.getLong(at + 8));
            } else if (tag == STRING_TABLE) {
                strings = offset(bytes.getLong(at + 8));
            }
        }
        for (long offset : offsets) {
            names.add(string(Math.toIntExact(strings + offset)));
        }
        return names;
    }

    /** Where the first program header of a type is; -1 when there is none. */
    private int segment(int type) {
        for (int i = 0; i < bytes.getShort(56); i++) {
            if (bytes.getInt(header(i)) == type) {
                return header(i);
            }
        }
        return -1;
    }

    private int header(int index) {
        return Math.toIntExact(bytes.getLong(32)) + index * PROGRAM_HEADER;
    }

    /** Where in the file an address of the loaded image is. */
    private long offset(long address) {
        for (int i = 0; i < bytes.getShort(56); i++) {
            int header = header(i);
            long from = bytes.getLong(header + 16);
            if (bytes.getInt(header) == LOAD
                    && address >= from
                    && address < from + bytes.getLong(header + 32)) {
                return bytes.getLong(header + 8) + address - from;
            }
        }
        throw new IllegalArgumentException("address outside of the file: " + address);
    }

    private String string(int at) {
        int end = at;
        while (bytes.get(end) != 0) {
            end++;
        }
        return new String(bytes.array(), at, end - at, StandardCharsets.US_ASCII);
    }
}

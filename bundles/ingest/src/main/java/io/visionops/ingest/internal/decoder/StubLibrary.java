package io.visionops.ingest.internal.decoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An ELF shared library with a name and nothing in it. FFmpeg's device library names the X11,
 * PulseAudio and ALSA libraries, which a headless machine does not have and which we never call
 * (they capture screens and sound); the dynamic linker is content with empty ones, because
 * functions are bound when they are first called.
 *
 * <p>Layout: System V gABI, chapters 4 and 5; version definitions as in the Linux Standard Base,
 * section 10.7.
 */
final class StubLibrary {

    private static final short SHARED_OBJECT = 3;
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int SYMBOL = 24;
    private static final int VERSION_DEFINITION = 28;

    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int STACK = 0x6474e551;

    private StubLibrary() {}

    /**
     * @param machine of the ELF header: 62 for x86-64, 183 for AArch64
     * @param name by which others need it
     * @param versions of symbols that others need from it
     */
    static byte[] bytes(short machine, String name, List<String> versions) {
        List<String> definitions = new ArrayList<>();
        definitions.add(name);
        definitions.addAll(versions);
        StringBuilder strings = new StringBuilder("\0");
        int[] offsets = new int[definitions.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = strings.length();
            strings.append(definitions.get(i)).append('\0');
        }
        byte[] text = strings.toString().getBytes(StandardCharsets.US_ASCII);

        int symbols = HEADER + 3 * PROGRAM_HEADER;
        int hash = symbols + SYMBOL;
        int versionOfSymbols = hash + 5 * 4;
        int versionsAt = aligned(versionOfSymbols + 2);
        int dynamic = aligned(versionsAt + VERSION_DEFINITION * offsets.length);
        long[][] entries = {
            {14, offsets[0]}, // DT_SONAME
            {4, hash}, // DT_HASH
            {5, 0}, // DT_STRTAB, set below
            {6, symbols}, // DT_SYMTAB
            {10, text.length}, // DT_STRSZ
            {11, SYMBOL}, // DT_SYMENT
            {0x6ffffff0L, versionOfSymbols}, // DT_VERSYM
            {0x6ffffffcL, versionsAt}, // DT_VERDEF
            {0x6ffffffdL, offsets.length}, // DT_VERDEFNUM
            {0, 0}
        };
        int stringsAt = dynamic + 16 * entries.length;
        entries[2][1] = stringsAt;
        int size = stringsAt + text.length;

        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        out.putShort(SHARED_OBJECT).putShort(machine).putInt(1);
        out.putLong(0).putLong(HEADER).putLong(0).putInt(0);
        out.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 3);
        out.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        program(out, LOAD, 6, 0, size, 0x1000);
        program(out, DYNAMIC, 6, dynamic, 16 * entries.length, 8);
        program(out, STACK, 6, 0, 0, 16);
        out.position(hash);
        out.putInt(1).putInt(1).putInt(0).putInt(0); // one bucket, one symbol: none
        out.position(versionsAt);
        for (int i = 0; i < offsets.length; i++) {
            boolean last = i == offsets.length - 1;
            out.putShort((short) 1).putShort((short) (i == 0 ? 1 : 0)).putShort((short) (i + 1));
            out.putShort((short) 1).putInt(hash(definitions.get(i))).putInt(20);
            out.putInt(last ? 0 : VERSION_DEFINITION);
            out.putInt(offsets[i]).putInt(0);
        }
        out.position(dynamic);
        for (long[] entry : entries) {
            out.putLong(entry[0]).putLong(entry[1]);
        }
        out.put(text);
        return out.array();
    }

    private static void program(
            ByteBuffer out, int type, int flags, long offset, long size, long alignment) {
        out.putInt(type).putInt(flags).putLong(offset).putLong(offset).putLong(offset);
        out.putLong(size).putLong(size).putLong(alignment);
    }

    private static int aligned(int offset) {
        return (offset + 7) & ~7;
    }

    /** The hash of the gABI's symbol tables. */
    private static int hash(String name) {
        int h = 0;
        for (byte c : name.getBytes(StandardCharsets.US_ASCII)) {
            h = (h << 4) + c;
            int high = h & 0xf0000000;
            h ^= high >>> 24;
            h &= ~high;
        }
        return h;
    }
}

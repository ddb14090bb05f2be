package io.visionops.channel.internal;

import java.nio.charset.StandardCharsets;

/**
 * One message on the channel. On the wire: one byte for the kind, four for the length (big endian),
 * then the bytes.
 *
 * @param kind one of the letters below; what is not known is passed over
 */
record Frame(char kind, byte[] bytes) {

    /** Bytes of a frame at the most; longer output is cut into several frames. */
    static final int LARGEST = 1 << 20;

    /** From the client: what to run, see {@link Call}; the first frame, once. */
    static final char CALL = 'L';

    /** From the client: bytes of its standard input. */
    static final char INPUT = 'I';

    /** From the client: its standard input is at its end. */
    static final char END_OF_INPUT = 'E';

    /** From the client: Ctrl-C. */
    static final char INTERRUPT = 'C';

    /** From the client: new size of its terminal, two ints: columns, rows. */
    static final char SIZE = 'W';

    /** To the client: bytes of standard output. */
    static final char OUTPUT = 'O';

    /** To the client: bytes of standard error. */
    static final char ERROR_OUTPUT = 'R';

    /** To the client: nothing to say, but alive. */
    static final char ALIVE = 'K';

    /**
     * To the client, the last frame: exit status (int) and, where the call itself was refused, one
     * line. An answer without this frame was cut off.
     */
    static final char EXIT = 'X';

    static Frame exit(int status, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[4 + words.length];
        bytes[0] = (byte) (status >> 24);
        bytes[1] = (byte) (status >> 16);
        bytes[2] = (byte) (status >> 8);
        bytes[3] = (byte) status;
        System.arraycopy(words, 0, bytes, 4, words.length);
        return new Frame(EXIT, bytes);
    }
}

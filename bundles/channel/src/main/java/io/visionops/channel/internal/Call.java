package io.visionops.channel.internal;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client asks for. In its frame: version (int), mode (byte), columns and rows of the
 * terminal (ints, 0 without one), type of the terminal and the words, each as length (int) and
 * UTF-8 bytes, the words after their number (int).
 *
 * @param words of the command; for {@link Mode#LINE} one, for {@link Mode#SHELL} none
 */
record Call(Mode mode, int columns, int rows, String terminal, List<String> words) {

    /** Of the protocol: another one is refused. */
    static final int VERSION = 1;

    /** What the words are. */
    enum Mode {
        /** A line of the shell as it stands, pipes and all. */
        LINE,
        /** A command and its arguments, each taken literally. */
        WORDS,
        /** An interactive shell. */
        SHELL,
        /** What stands before the cursor, the last of which is to be completed. */
        COMPLETE
    }

    /**
     * Reads the first frame of a client.
     *
     * @throws IOException with one line for its user when it is none
     */
    static Call read(Frame frame) throws IOException {
        if (frame.kind() != Frame.CALL) {
            throw new IOException("the client does not speak as this version does");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame.bytes()));
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException(
                    "the client speaks version "
                            + version
                            + " of the command channel, this system version "
                            + VERSION
                            + ": use the bin/visionops that it was started with");
        }
        int mode = in.readByte();
        if (mode < 0 || mode >= Mode.values().length) {
            throw new IOException("mode " + mode + " is not known");
        }
        int columns = in.readInt();
        int rows = in.readInt();
        String terminal = text(in);
        int count = in.readInt();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(text(in));
        }
        return new Call(Mode.values()[mode], columns, rows, terminal, List.copyOf(words));
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text of " + length + " bytes");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}

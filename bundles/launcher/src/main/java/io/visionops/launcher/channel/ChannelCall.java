package io.visionops.launcher.channel;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is asked for over the command channel.
 *
 * @param columns of the terminal; 0: there is none
 */
public record ChannelCall(Mode mode, int columns, int rows, String terminal, List<String> words) {

    private static final int VERSION = 1;

    /** What the words are; the order is that of the protocol. */
    public enum Mode {
        /** One: a line of the shell as it stands, pipes and all. */
        LINE,
        /** A command and its arguments, each taken literally. */
        WORDS,
        /** None: an interactive shell. */
        SHELL,
        /** What stands before the cursor; the last one is to be completed. */
        COMPLETE
    }

    /** A line without a terminal. */
    public static ChannelCall line(String line) {
        return new ChannelCall(Mode.LINE, 0, 0, "", List.of(line));
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeInt(VERSION);
            out.writeByte(mode.ordinal());
            out.writeInt(columns);
            out.writeInt(rows);
            text(out, terminal);
            out.writeInt(words.size());
            for (String word : words) {
                text(out, word);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}

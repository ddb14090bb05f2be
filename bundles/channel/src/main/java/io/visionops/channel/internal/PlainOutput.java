package io.visionops.channel.internal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Leaves out what only a terminal understands: escape sequences (ECMA-48: ESC [ ... letter, ESC ]
 * ... BEL) and the carriage return before a line feed. For one thread.
 */
final class PlainOutput extends FilterOutputStream {

    private enum State {
        TEXT,
        ESCAPE,
        SEQUENCE,
        TITLE,
        RETURN
    }

    private State state = State.TEXT;

    PlainOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (state == State.TEXT && b != 0x1b && b != '\r') {
                continue;
            }
            if (state == State.TEXT) {
                out.write(bytes, from, i - from);
            }
            write(b);
            from = i + 1;
        }
        if (state == State.TEXT) {
            out.write(bytes, from, offset + length - from);
        }
    }

    @Override
    public void write(int value) throws IOException {
        int b = value & 0xff;
        switch (state) {
            case TEXT -> text(b);
            case ESCAPE -> state = b == '[' ? State.SEQUENCE : b == ']' ? State.TITLE : State.TEXT;
            case SEQUENCE -> state = b >= 0x40 && b <= 0x7e ? State.TEXT : State.SEQUENCE;
            case TITLE -> state = b == 0x07 || b == '\n' ? State.TEXT : State.TITLE;
            case RETURN -> {
                if (b != '\n') {
                    out.write('\r');
                }
                state = State.TEXT;
                text(b);
            }
        }
    }

    private void text(int b) throws IOException {
        if (b == 0x1b) {
            state = State.ESCAPE;
        } else if (b == '\r') {
            state = State.RETURN;
        } else {
            out.write(b);
        }
    }
}

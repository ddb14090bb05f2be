package io.visionops.processes.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The last lines of what a child prints to standard error. They are kept as bytes and made readable
 * only when somebody asks, so that a child that floods costs little. Thread-safe.
 */
final class ErrorTail {

    private static final int LINES = 100;
    private static final int LINE_CHARACTERS = 1_000;

    /** More than is shown, so that secrets are found before the line is cut to what is shown. */
    private static final int LINE_BYTES = 4 * LINE_CHARACTERS;

    private final Secrets secrets;

    /** Guarded by "this". */
    private final Deque<Line> lines = new ArrayDeque<>(LINES);

    /** The line that is not complete yet. Confined to the reading thread, but see {@link #end}. */
    private final byte[] open = new byte[LINE_BYTES];

    private int openLength;
    private boolean openCut;

    private record Line(byte[] text, boolean cut) {}

    ErrorTail(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Reads until the stream ends; for a thread of its own. */
    void drain(InputStream from) {
        byte[] chunk = new byte[8 * 1024];
        try {
            for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                take(chunk, read);
            }
        } catch (IOException e) {
            // The pipe is gone with its process: what was read is all there is.
        }
        end();
    }

    private synchronized void take(byte[] chunk, int length) {
        for (int i = 0; i < length; i++) {
            byte c = chunk[i];
            // Progress lines end with a carriage return alone.
            if (c == '\n' || c == '\r') {
                end();
            } else if (openLength < LINE_BYTES) {
                open[openLength++] = c;
            } else {
                openCut = true;
            }
        }
    }

    private synchronized void end() {
        if (openLength == 0) {
            return;
        }
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(new Line(Arrays.copyOf(open, openLength), openCut));
        openLength = 0;
        openCut = false;
    }

    /** Oldest first, masked; a line that is still being written is not among them. */
    List<String> lines() {
        List<Line> copy;
        synchronized (this) {
            copy = new ArrayList<>(lines);
        }
        return copy.stream().map(this::readable).toList();
    }

    private String readable(Line line) {
        String text = secrets.mask(new String(line.text(), StandardCharsets.UTF_8), line.cut());
        StringBuilder shown = new StringBuilder(Math.min(text.length(), LINE_CHARACTERS));
        for (int i = 0; i < text.length() && i < LINE_CHARACTERS; i++) {
            char c = text.charAt(i);
            // Whoever prints this to a terminal must not be played with by a camera.
            shown.append(Character.isISOControl(c) ? ' ' : c);
        }
        return shown.toString();
    }
}

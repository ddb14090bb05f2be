package io.visionops.processes.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of what a child prints to standard error. They are kept as bytes and made readable
 * only when somebody asks, so that a child that floods costs little. A line that shows how far the
 * child is, to be written over by the next one, is kept apart: it must not push out what went
 * wrong. Thread-safe.
 */
final class ErrorTail {

    private static final int LINES = 100;
    private static final int LINE_CHARACTERS = 1_000;

    /** More than is shown, so that secrets are found before the line is cut to what is shown. */
    private static final int LINE_BYTES = 4 * LINE_CHARACTERS;

    private final Secrets secrets;

    /** Guarded by "this". */
    private final Deque<Line> lines = new ArrayDeque<>(LINES);

    /** The line that is not complete yet. Guarded by "this". */
    private final byte[] open = new byte[LINE_BYTES];

    /** Guarded by "this". */
    private int openLength;

    /** Guarded by "this". */
    private boolean openCut;

    /** Ended by a carriage return; what follows tells of which kind it is. Guarded by "this". */
    private @Nullable Line returned;

    /** The last one that was written over by what followed. Guarded by "this". */
    private @Nullable Line progress;

    /** One line as it came. */
    private static final class Line {

        private final byte[] text;

        /** Whether it went on. */
        private final boolean cut;

        /** As it is shown; made when somebody asks, who may ask often. */
        private volatile @Nullable String shown;

        private Line(byte[] text, boolean cut) {
            this.text = text;
            this.cut = cut;
        }
    }

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
            take(chunk[i]);
        }
    }

    /** Guarded by "this". */
    private void take(byte c) {
        if (c == '\n') {
            add(returned == null ? cut() : returned);
            returned = null;
            return;
        }
        if (returned != null) {
            progress = returned;
            returned = null;
        }
        if (c == '\r') {
            returned = cut();
        } else if (openLength < LINE_BYTES) {
            open[openLength++] = c;
        } else {
            openCut = true;
        }
    }

    private synchronized void end() {
        add(cut());
    }

    /** What has come of the open line; a next one begins. Guarded by "this". */
    private @Nullable Line cut() {
        Line line = openLength == 0 ? null : new Line(Arrays.copyOf(open, openLength), openCut);
        openLength = 0;
        openCut = false;
        return line;
    }

    /** Guarded by "this". */
    private void add(@Nullable Line line) {
        if (line != null) {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            lines.addLast(line);
        }
    }

    /** The last line that ended with a carriage return alone, masked. */
    Optional<String> progress() {
        Line last;
        synchronized (this) {
            last = returned == null ? progress : returned;
        }
        return Optional.ofNullable(last).map(this::readable);
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
        String shown = line.shown;
        if (shown == null) {
            shown = masked(line);
            line.shown = shown;
        }
        return shown;
    }

    private String masked(Line line) {
        String whole = new String(line.text, StandardCharsets.UTF_8);
        String text = secrets.mask(line.cut ? withoutCutCharacter(whole) : whole, line.cut);
        StringBuilder shown = new StringBuilder(Math.min(text.length(), LINE_CHARACTERS));
        for (int i = 0; i < text.length() && i < LINE_CHARACTERS; i++) {
            char c = text.charAt(i);
            // Whoever prints this to a terminal must not be played with by a camera.
            shown.append(Character.isISOControl(c) ? ' ' : c);
        }
        return shown.toString();
    }

    /** It would hide that half a secret stands before it. */
    private static String withoutCutCharacter(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\ufffd') {
            end--;
        }
        return text.substring(0, end);
    }
}

package io.visionops.security.internal.audit.chain;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One line of the log, a record in its canonical form: fields parted by tabs, so that a person can
 * read it with any program. What is said about it stays within one line.
 *
 * @param seq counts from 1 without a gap
 * @param epoch whose key the tag is made with
 * @param log identity of the log: drawn by lot when it was begun
 * @param boot identity of the start of the program
 * @param nanos monotonic time of that start
 * @param time of the wall clock
 * @param prev leaf hash of the line before; zeros for the first
 * @param tag HMAC-SHA-256 of all before it; empty while there is none
 */
public record Line(
        long seq,
        long epoch,
        Kind kind,
        String log,
        String boot,
        long nanos,
        Instant time,
        String actor,
        String action,
        String object,
        String outcome,
        String detail,
        String prev,
        String tag) {

    /** Before the first line. */
    public static final String NOTHING = "0".repeat(64);

    private static final int FIELDS = 14;
    private static final int IDENTITY_BYTES = 8;

    /** What a line is. */
    public enum Kind {
        /** Something that was done. */
        RECORD('R'),
        /** The end of an epoch. */
        SEAL('S'),
        /** A signed tree head of all lines before. */
        CHECKPOINT('C'),
        /** Signed leave to remove the oldest lines. */
        PRUNE('P'),
        /** What was wrong with the log when it was opened or written to. */
        DAMAGE('X');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(one -> word.length() == 1 && one.letter == word.charAt(0))
                    .findFirst();
        }
    }

    public Line tagged(String newTag) {
        return new Line(
                seq, epoch, kind, log, boot, nanos, time, actor, action, object, outcome, detail,
                prev, newTag);
    }

    /** All before the tag, which the tag is made of. */
    public byte[] body() {
        StringBuilder text = new StringBuilder(320);
        text.append(seq).append('\t').append(epoch).append('\t').append(kind.letter).append('\t');
        text.append(log).append('\t').append(boot).append('\t').append(nanos).append('\t');
        text.append(time).append('\t');
        for (String word : List.of(actor, action, object, outcome, detail)) {
            escape(word, text);
            text.append('\t');
        }
        text.append(prev).append('\t');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As it stands in a file, without the end of the line. */
    public byte[] bytes() {
        byte[] body = body();
        byte[] tagBytes = tag.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(body, body.length + tagBytes.length);
        System.arraycopy(tagBytes, 0, all, body.length, tagBytes.length);
        return all;
    }

    /** Empty when it is none. */
    public static Optional<Line> parse(byte[] bytes, int from, int to) {
        String[] words = words(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        if (words.length != FIELDS) {
            return Optional.empty();
        }
        Optional<Kind> kind = Kind.of(words[2]);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Line(
                            Long.parseLong(words[0]),
                            Long.parseLong(words[1]),
                            kind.get(),
                            words[3],
                            words[4],
                            Long.parseLong(words[5]),
                            Instant.parse(words[6]),
                            unescape(words[7]),
                            unescape(words[8]),
                            unescape(words[9]),
                            unescape(words[10]),
                            unescape(words[11]),
                            words[12],
                            words[13]));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** String.split is slow where there are a million. */
    private static String[] words(String text) {
        List<String> words = new ArrayList<>(FIELDS);
        int from = 0;
        for (int tab = text.indexOf('\t'); tab >= 0; tab = text.indexOf('\t', from)) {
            words.add(text.substring(from, tab));
            from = tab + 1;
        }
        words.add(text.substring(from));
        return words.toArray(String[]::new);
    }

    private static void escape(String word, StringBuilder text) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                default -> text.append(Character.isISOControl(c) ? '?' : c);
            }
        }
    }

    private static String unescape(String word) {
        if (word.indexOf('\\') < 0) {
            return word;
        }
        StringBuilder text = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\\' && i + 1 < word.length()) {
                char next = word.charAt(++i);
                text.append(next == 't' ? '\t' : next == 'n' ? '\n' : next);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** Of another log, or another start of the program. */
    static String identity(SecureRandom random) {
        byte[] bytes = new byte[IDENTITY_BYTES];
        random.nextBytes(bytes);
        return hex(bytes);
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

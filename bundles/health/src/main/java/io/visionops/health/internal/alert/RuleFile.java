package io.visionops.health.internal.alert;

import io.visionops.support.LiteralProperties;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force. The file is looked at again and again, and read when it was the same in two
 * looks, so that nobody's editor is read half-way. One that is refused changes nothing: the last
 * good rules stay, after a restart too, since their text is kept. For one thread.
 */
final class RuleFile {

    private static final Logger LOG = LoggerFactory.getLogger(RuleFile.class);
    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private final Path lastGood;
    private final RuleParser parser;
    private final Clock clock;
    private @Nullable Stamp seen;
    private @Nullable Stamp read;
    private boolean started;
    private State state = new State(Map.of(), Optional.empty(), List.of());

    /**
     * @param rules in force, by name
     * @param loaded when they were read
     * @param errors why the file is not in force
     */
    record State(Map<String, Rule> rules, Optional<Instant> loaded, List<RuleError> errors) {

        State {
            rules = Collections.unmodifiableMap(new TreeMap<>(rules));
            errors = List.copyOf(errors);
        }
    }

    /** Tells one state of a file from another without reading it. */
    private record Stamp(FileTime modified, long size, @Nullable Object inode) {

        static final Stamp NONE = new Stamp(FileTime.fromMillis(0), -1, null);

        static Stamp of(Path file) throws IOException {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
            } catch (NoSuchFileException e) {
                return NONE;
            }
        }
    }

    /**
     * @param file of the user
     * @param lastGood where the text of the last good one is kept
     */
    RuleFile(Path file, Path lastGood, KnownNames known, Clock clock) {
        this.file = file;
        this.lastGood = lastGood;
        this.parser = new RuleParser(known);
        this.clock = clock;
    }

    /** Its name. */
    String name() {
        return String.valueOf(file.getFileName());
    }

    /** Looks at the file, waiting for the disk. */
    State look() {
        try {
            Stamp now = Stamp.of(file);
            boolean quiet = !started || now.equals(seen);
            seen = now;
            if (quiet && !now.equals(read)) {
                read = now;
                read(now);
            }
        } catch (IOException e) {
            read = null;
            refuse(List.of(new RuleError(0, "it cannot be read: " + e)));
        }
        if (!started) {
            started = true;
            if (!state.errors().isEmpty()) {
                resume();
            }
        }
        return state;
    }

    private void read(Stamp now) throws IOException {
        if (now.equals(Stamp.NONE)) {
            refuse(List.of(new RuleError(0, "there is no such file; an empty one is no rule")));
            return;
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            refuse(List.of(new RuleError(0, "it is larger than 1 MB")));
            return;
        }
        RuleParser.Parsed parsed;
        try {
            parsed = parser.parse(LiteralProperties.decode(bytes));
        } catch (CharacterCodingException e) {
            refuse(List.of(new RuleError(lineOfBadByte(bytes), "it is not UTF-8")));
            return;
        }
        if (!parsed.errors().isEmpty()) {
            refuse(parsed.errors());
            return;
        }
        state = new State(parsed.rules(), Optional.of(clock.instant()), List.of());
        LOG.info("etc/{}: {} rules are in force", name(), parsed.rules().size());
        keep(bytes);
    }

    private static int lineOfBadByte(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int bad = Math.max(0, text.indexOf('\ufffd'));
        return 1 + (int) text.substring(0, bad).chars().filter(one -> one == '\n').count();
    }

    private void refuse(List<RuleError> errors) {
        if (!errors.equals(state.errors())) {
            errors.forEach(
                    error ->
                            LOG.error(
                                    "etc/{} is refused, the last good rules stay: {}",
                                    name(),
                                    error));
        }
        state = new State(state.rules(), state.loaded(), errors);
    }

    private void keep(byte[] text) {
        try {
            Files.createDirectories(lastGood.toAbsolutePath().getParent());
            WholeFile.write(lastGood, text, true);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", lastGood, e.toString());
        }
    }

    /** What was in force before the restart. */
    private void resume() {
        try {
            RuleParser.Parsed parsed =
                    parser.parse(LiteralProperties.decode(Files.readAllBytes(lastGood)));
            if (parsed.errors().isEmpty()) {
                state =
                        new State(
                                parsed.rules(),
                                Optional.of(Files.getLastModifiedTime(lastGood).toInstant()),
                                state.errors());
            } else {
                LOG.error("{} is of another release and not used", lastGood);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("there were none", e);
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", lastGood, e.toString());
        }
    }
}

package io.visionops.store.internal.integrity;

import io.visionops.api.database.IntegrityDamage;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the integrity of a database, kept beside it: the database itself may be what
 * cannot be read. Thread-safe.
 */
public final class IntegrityState {

    private static final Logger LOG = LoggerFactory.getLogger(IntegrityState.class);

    private static final String POSITION = "pass.position";
    private static final String BEGUN = "pass.begun";
    private static final String FULL = "pass.full";
    private static final String CHECKED = "checked";
    private static final String CHECKED_FULL = "checked.full";
    private static final String REPAIRED = "repaired";
    private static final String REPAIR = "repair";
    private static final String LOST = "repair.lost";
    private static final String MAINTAINED = "maintained";
    private static final String DAMAGE = "damage.";

    private final Path file;

    /** Guarded by "this". */
    private final Properties values = new Properties();

    /**
     * Times that were parsed, by their text: they are asked for again and again. Guarded by "this".
     */
    private final Map<String, Optional<Instant>> times = new HashMap<>();

    /**
     * @param folder of the database
     */
    public IntegrityState(Path folder) {
        file = folder.resolve("store/integrity.properties");
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            values.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} is not used, the checks begin anew: {}", file, e.toString());
            values.clear();
        }
    }

    /** For the checks; a copy. */
    public synchronized IntegrityStatus status() {
        return new IntegrityStatus(
                damage(),
                time(CHECKED),
                time(CHECKED_FULL),
                time(REPAIRED),
                values.getProperty(REPAIR, ""),
                Boolean.parseBoolean(values.getProperty(LOST)));
    }

    public synchronized List<IntegrityDamage> damage() {
        List<IntegrityDamage> damage = new ArrayList<>();
        for (int i = 0; values.containsKey(DAMAGE + i + ".what"); i++) {
            damage.add(
                    new IntegrityDamage(
                            values.getProperty(DAMAGE + i + ".table", ""),
                            values.getProperty(DAMAGE + i + ".row", ""),
                            values.getProperty(DAMAGE + i + ".what", "")));
        }
        return damage;
    }

    /** Damage was found; it stays until it is repaired. */
    public synchronized void damaged(List<IntegrityDamage> damage) {
        forgetDamage();
        for (int i = 0; i < damage.size(); i++) {
            values.setProperty(DAMAGE + i + ".table", damage.get(i).table());
            values.setProperty(DAMAGE + i + ".row", damage.get(i).row());
            values.setProperty(DAMAGE + i + ".what", damage.get(i).what());
        }
        save(true);
    }

    /**
     * The database was made anew.
     *
     * @param lost whether rows could not be saved
     */
    public synchronized void repaired(Instant now, String words, boolean lost) {
        forgetDamage();
        values.setProperty(LOST, Boolean.toString(lost));
        values.setProperty(REPAIRED, now.toString());
        values.setProperty(REPAIR, words);
        checkSoon();
        save(true);
    }

    /** What was known was of another database. */
    public synchronized void replaced() {
        forgetDamage();
        values.remove(LOST);
        checkSoon();
        save(true);
    }

    /** It was not closed in order: the next pass begins at once, from the start. */
    public synchronized void checkSoon() {
        values.remove(POSITION);
        values.remove(BEGUN);
    }

    public synchronized Optional<Instant> maintained() {
        return time(MAINTAINED);
    }

    public synchronized void maintained(Instant now) {
        values.setProperty(MAINTAINED, now.toString());
        save(false);
    }

    /** When the last pass in the background began. */
    synchronized Optional<Instant> begun() {
        return time(BEGUN);
    }

    /** Whether the pass that has begun is a full one. */
    synchronized boolean isFull() {
        return Boolean.parseBoolean(values.getProperty(FULL));
    }

    /** Where a pass has stopped; empty when none is under way. */
    synchronized Optional<PassPosition> position() {
        return Optional.ofNullable(values.getProperty(POSITION)).map(PassPosition::parse);
    }

    synchronized void begin(Instant now, boolean full) {
        values.setProperty(BEGUN, now.toString());
        values.setProperty(FULL, Boolean.toString(full));
        values.setProperty(POSITION, PassPosition.START.text());
        save(false);
    }

    synchronized void reached(PassPosition position) {
        values.setProperty(POSITION, position.text());
        save(false);
    }

    /** All that was to be checked is sound. */
    synchronized void sound(Instant now, boolean full) {
        values.remove(POSITION);
        values.setProperty(CHECKED, now.toString());
        if (full) {
            values.setProperty(CHECKED_FULL, now.toString());
        }
        save(false);
    }

    private void forgetDamage() {
        values.keySet().removeIf(key -> key.toString().startsWith(DAMAGE));
    }

    private Optional<Instant> time(String key) {
        String text = values.getProperty(key);
        return text == null ? Optional.empty() : times.computeIfAbsent(text, IntegrityState::parse);
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The caller holds "this". */
    private void save(boolean synced) {
        times.clear();
        try {
            Files.createDirectories(file.getParent());
            StringWriter text = new StringWriter();
            values.store(text, null);
            WholeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8), synced);
        } catch (IOException e) {
            LOG.warn("{} is not kept: {}", file, e.toString());
        }
    }
}

package io.visionops.support.meter;

import io.visionops.support.WholeFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Totals of a part that go on where they were after a swap: left in a file at its end, taken from
 * there at its next start. Totals that a part which was killed could not leave begin anew.
 * Thread-safe; counting waits for nobody.
 */
public final class CountedTotals {

    private static final Logger LOG = LoggerFactory.getLogger(CountedTotals.class);

    /** Between the texts of a key in the file; no label has it. */
    private static final String SEPARATOR = "\u001f";

    /** The first label of what is counted for a camera. */
    private static final String CAMERA = "camera";

    /** What is counted, by which labels. */
    public record Total(String name, String description, List<String> labels) {

        public Total {
            labels = List.copyOf(labels);
        }

        public static Total of(String name, String description, String... labels) {
            return new Total(name, description, List.of(labels));
        }
    }

    private record Key(String name, List<String> values) {

        String text() {
            return values.isEmpty() ? name : name + SEPARATOR + String.join(SEPARATOR, values);
        }

        static Key parse(String text) {
            List<String> all = List.of(text.split(SEPARATOR, -1));
            return new Key(all.get(0), all.subList(1, all.size()));
        }
    }

    private final Map<String, Total> known = new ConcurrentHashMap<>();
    private final Map<Key, AtomicLong> counts = new ConcurrentHashMap<>();

    /** What a counter of somebody else said last. */
    private final Map<Key, Long> followed = new ConcurrentHashMap<>();

    public CountedTotals(Total... totals) {
        for (Total total : totals) {
            known.put(total.name(), total);
            if (total.labels().isEmpty()) {
                // Shown from the start: a counter that appears with 1 is no increase.
                counts.put(new Key(total.name(), List.of()), new AtomicLong());
            }
        }
    }

    /**
     * @param values of the labels, in their order
     */
    public void add(String name, long count, String... values) {
        add(key(name, values), count);
    }

    private void add(Key key, long count) {
        counts.computeIfAbsent(key, unused -> new AtomicLong()).addAndGet(count);
    }

    /**
     * Adds what a counter of somebody else has grown by since the last call, from 0 at the first.
     * One that says less than before has begun anew. One caller for each.
     */
    public void follow(String name, long reading, String... values) {
        Key key = key(name, values);
        long before = followed.getOrDefault(key, 0L);
        followed.put(key, reading);
        add(key, reading >= before ? reading - before : reading);
    }

    /** The counter that was followed is another one now, and begins with 0. */
    public void followAnew() {
        followed.clear();
    }

    public long get(String name, String... values) {
        AtomicLong count = counts.get(key(name, values));
        return count == null ? 0 : count.get();
    }

    /** Forgets those of all other cameras. */
    public void retainCameras(Set<String> cameras) {
        counts.keySet().removeIf(key -> isOfAnother(key, cameras));
        followed.keySet().removeIf(key -> isOfAnother(key, cameras));
    }

    private boolean isOfAnother(Key key, Set<String> cameras) {
        Total total = known.get(key.name());
        return total != null
                && !total.labels().isEmpty()
                && total.labels().get(0).equals(CAMERA)
                && !cameras.contains(key.values().get(0));
    }

    /**
     * As meters.
     *
     * @param cameras whose totals are shown, beside those that are of none
     */
    public List<Reading> readings(Set<String> cameras) {
        List<Reading> all = new ArrayList<>();
        counts.forEach(
                (key, count) -> {
                    Total total = known.get(key.name());
                    if (total != null && !isOfAnother(key, cameras)) {
                        all.add(
                                new Reading(
                                        Reading.Kind.COUNTER,
                                        total.name(),
                                        total.description(),
                                        "",
                                        labels(total, key.values()),
                                        count.get()));
                    }
                });
        return all;
    }

    private static List<String> labels(Total total, List<String> values) {
        String[] labels = new String[2 * values.size()];
        for (int i = 0; i < values.size(); i++) {
            labels[2 * i] = total.labels().get(i);
            labels[2 * i + 1] = values.get(i);
        }
        return List.of(labels);
    }

    private Key key(String name, String... values) {
        Total total = known.get(name);
        if (total == null || total.labels().size() != values.length) {
            throw new IllegalArgumentException(
                    "no total " + name + " with " + values.length + " labels");
        }
        return new Key(name, List.of(values));
    }

    /** Adds what an earlier run has left, and removes the file: it holds once. */
    public void resume(Path file) {
        try {
            Properties text = new Properties();
            text.load(new StringReader(Files.readString(file)));
            Files.delete(file);
            for (String name : text.stringPropertyNames()) {
                Key key = Key.parse(name);
                Total total = known.get(key.name());
                // Another version may have counted by other labels.
                if (total != null && total.labels().size() == key.values().size()) {
                    add(key, Math.max(0, Long.parseLong(text.getProperty(name))));
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("no totals were left", e);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("totals in {} are not believed and begin anew: {}", file, e.toString());
        }
    }

    /** Leaves them for the next run. */
    public void leave(Path file) {
        Properties text = new Properties();
        counts.forEach((key, count) -> text.setProperty(key.text(), count.toString()));
        try {
            StringWriter body = new StringWriter();
            text.store(body, null);
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeFile.write(file, body.toString().getBytes(StandardCharsets.UTF_8), false);
        } catch (IOException e) {
            LOG.warn("totals cannot be left in {} and begin anew: {}", file, e.toString());
        }
    }
}

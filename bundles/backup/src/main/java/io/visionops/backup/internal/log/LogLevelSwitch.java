package io.visionops.backup.internal.log;

import io.visionops.api.log.LogLevel;
import io.visionops.api.log.LogLevels;
import io.visionops.api.log.LoggerLevel;
import io.visionops.api.subject.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Levels that hold for a time, laid over the configuration of the log. Thread-safe.
 *
 * <p>What is laid over it has no file: the watcher of the folder etc writes back only what it has
 * read from one, and the launcher begins each start with the files. A file that is edited meanwhile
 * is read again and ends what is laid over it.
 */
public final class LogLevelSwitch implements LogLevels, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogLevelSwitch.class);

    private static final String ROOT = "ROOT";
    private static final String OURS = "io.visionops";
    private static final String PREFIX = "log4j2.logger.";
    private static final String ROOT_LEVEL = "log4j2.rootLogger.level";
    private static final String FILE = "felix.fileinstall.filename";
    private static final Duration LONGEST = Duration.ofDays(7);

    /** The configuration of the logging bundle. */
    public interface Configuration {

        /** Without what belongs to the framework. */
        Map<String, Object> read() throws IOException;

        void write(Map<String, Object> values) throws IOException;
    }

    private record Held(LogLevel level, Instant until) {}

    private final Configuration configuration;
    private final Clock clock;

    /** By logger. Guarded by "this". */
    private final Map<String, Held> overrides = new TreeMap<>();

    /** What they are laid over; empty where there are none. Guarded by "this". */
    private Optional<Map<String, Object>> original = Optional.empty();

    /** Whether there is no space for more. Guarded by "this". */
    private boolean warningsAlone;

    public LogLevelSwitch(Configuration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    @Override
    public synchronized List<LoggerLevel> levels() {
        Map<String, Object> values = original.orElseGet(this::read);
        List<LoggerLevel> levels = new ArrayList<>();
        levels.add(level(ROOT, String.valueOf(values.get(ROOT_LEVEL))));
        configured(values)
                .forEach(
                        (logger, key) ->
                                levels.add(level(logger, String.valueOf(values.get(key)))));
        overrides.forEach(
                (logger, one) -> {
                    if (levels.stream().noneMatch(level -> level.logger().equals(logger))) {
                        levels.add(level(logger, ""));
                    }
                });
        levels.sort(
                Comparator.comparing((LoggerLevel one) -> !one.logger().equals(ROOT))
                        .thenComparing(LoggerLevel::logger));
        return levels;
    }

    private LoggerLevel level(String logger, String configured) {
        Optional<Held> over = Optional.ofNullable(overrides.get(logger));
        return new LoggerLevel(
                logger,
                over.map(one -> one.level().word()).orElse(configured.toLowerCase(Locale.ROOT)),
                over.map(Held::until));
    }

    /** Key of the level by logger. */
    private static Map<String, String> configured(Map<String, Object> values) {
        Map<String, String> keys = new TreeMap<>();
        values.forEach(
                (key, value) -> {
                    if (key.startsWith(PREFIX) && key.endsWith(".name")) {
                        keys.put(
                                String.valueOf(value),
                                key.substring(0, key.length() - "name".length()) + "level");
                    }
                });
        return keys;
    }

    @Override
    public synchronized void set(String logger, LogLevel level, Duration time, Actor by) {
        require(logger, level, time);
        dropWhatAFileHasEnded();
        overrides.put(logger, new Held(level, clock.instant().plus(time)));
        apply();
        LOG.info("log level of {} is {} for {}, asked by {}", logger, level.word(), time, by);
    }

    private static void require(String logger, LogLevel level, Duration time) {
        if (!logger.matches("[A-Za-z0-9_$]+([.-][A-Za-z0-9_$]+)*") || logger.length() > 200) {
            throw new IllegalArgumentException(
                    "a logger is named like a package or class, such as io.visionops.ingest; or"
                            + " ROOT");
        }
        boolean ours = logger.equals(OURS) || logger.startsWith(OURS + ".");
        if (!ours && level.compareTo(LogLevel.INFO) < 0) {
            throw new IllegalArgumentException(
                    level.word()
                            + " is for loggers of "
                            + OURS
                            + " alone: libraries then write what is sent, passwords too");
        }
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a time is longer than 0 and not longer than 7d");
        }
    }

    @Override
    public synchronized void reset(String logger, Actor by) {
        dropWhatAFileHasEnded();
        if (overrides.remove(logger) != null) {
            apply();
            LOG.info("log level of {} is that of the configuration, asked by {}", logger, by);
        }
    }

    /** Whether nothing below a warning is logged, whatever level is set. */
    public synchronized void warningsAlone(boolean alone) {
        warningsAlone = alone;
        dropWhatAFileHasEnded();
        apply();
    }

    /** Ends what is over. Called now and then. */
    public synchronized void look() {
        if (warningsAlone && read().containsKey(FILE)) {
            dropWhatAFileHasEnded();
            apply();
        }
        Instant now = clock.instant();
        if (overrides.values().removeIf(one -> !one.until().isAfter(now))) {
            // Told before: what is said while the log takes its configuration may be lost.
            LOG.info("a log level is that of the configuration again");
            dropWhatAFileHasEnded();
            apply();
        }
    }

    @Override
    public synchronized void close() {
        if (!overrides.isEmpty() || warningsAlone) {
            overrides.clear();
            warningsAlone = false;
            apply();
        }
    }

    /** The file was edited and read again: it is what holds. */
    private void dropWhatAFileHasEnded() {
        if (original.isPresent() && read().containsKey(FILE)) {
            if (!overrides.isEmpty()) {
                LOG.info("levels of the log are those of its file again: it was read anew");
            }
            original = Optional.empty();
            overrides.clear();
        }
    }

    private void apply() {
        Map<String, Object> base = original.orElseGet(this::read);
        try {
            if (overrides.isEmpty() && !warningsAlone) {
                if (original.isPresent()) {
                    configuration.write(base);
                }
                original = Optional.empty();
            } else {
                original = Optional.of(base);
                configuration.write(laidOver(base));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("log levels cannot be changed: " + e.getMessage(), e);
        }
    }

    private Map<String, Object> laidOver(Map<String, Object> base) {
        Map<String, Object> values = new HashMap<>(base);
        values.remove(FILE);
        Map<String, String> keys = configured(base);
        int number = 0;
        for (Map.Entry<String, Held> one : overrides.entrySet()) {
            String level = one.getValue().level().name();
            if (one.getKey().equals(ROOT)) {
                values.put(ROOT_LEVEL, level);
            } else if (keys.containsKey(one.getKey())) {
                values.put(keys.get(one.getKey()), level);
            } else {
                String name = PREFIX + "fortime" + number++;
                values.put(name + ".name", one.getKey());
                values.put(name + ".level", level);
            }
        }
        if (warningsAlone) {
            values.replaceAll(LogLevelSwitch::atLeastWarn);
        }
        return values;
    }

    private static Object atLeastWarn(String key, Object value) {
        boolean more =
                (key.equals(ROOT_LEVEL) || key.startsWith(PREFIX) && key.endsWith(".level"))
                        && LogLevel.of(value.toString())
                                .filter(level -> level.compareTo(LogLevel.WARN) < 0)
                                .isPresent();
        return more ? LogLevel.WARN.name() : value;
    }

    private Map<String, Object> read() {
        try {
            return configuration.read();
        } catch (IOException e) {
            throw new UncheckedIOException("log levels cannot be read: " + e.getMessage(), e);
        }
    }
}

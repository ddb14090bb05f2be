package io.visionops.launcher.watchdog;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code etc/io.visionops.watchdog.cfg}.
 *
 * @param hang how long heartbeats and their counters may stay away
 * @param boot how long a start may take until the first of them
 * @param crashesAnHour beyond which safe mode begins
 */
public record WatchdogSettings(Duration hang, Duration boot, int crashesAnHour) {

    public static final WatchdogSettings DEFAULT =
            new WatchdogSettings(Duration.ofSeconds(15), Duration.ofSeconds(120), 3);

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,5})(s|m)");

    /** Reads the file; what is wrong in it is told in one line each, and stays at its default. */
    public static WatchdogSettings read(Path file, Consumer<String> complaints) {
        Properties text = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            text.load(reader);
        } catch (NoSuchFileException absent) {
            return DEFAULT;
        } catch (IOException | IllegalArgumentException e) {
            complaints.accept(file + " cannot be read: " + e.getMessage());
            return DEFAULT;
        }
        Settings settings = new Settings(text, file.getFileName() + ": ", complaints);
        return new WatchdogSettings(
                settings.duration("hang", DEFAULT.hang, Duration.ofSeconds(6)),
                settings.duration("boot", DEFAULT.boot, Duration.ofSeconds(20)),
                settings.number("crashes.an.hour", DEFAULT.crashesAnHour));
    }

    private record Settings(Properties text, String where, Consumer<String> complaints) {

        Duration duration(String key, Duration otherwise, Duration least) {
            String value = text.getProperty(key, "").strip();
            if (value.isEmpty()) {
                return otherwise;
            }
            Matcher duration = DURATION.matcher(value);
            if (duration.matches()) {
                long number = Long.parseLong(duration.group(1));
                Duration read =
                        duration.group(2).equals("s")
                                ? Duration.ofSeconds(number)
                                : Duration.ofMinutes(number);
                if (read.compareTo(least) >= 0) {
                    return read;
                }
            }
            complaints.accept(
                    where
                            + key
                            + " = "
                            + value
                            + ": a duration of at least "
                            + least.toSeconds()
                            + "s is allowed, such as 15s or 2m; "
                            + otherwise.toSeconds()
                            + "s holds");
            return otherwise;
        }

        int number(String key, int otherwise) {
            String value = text.getProperty(key, "").strip();
            if (value.matches("[0-9]{1,3}")) {
                return Integer.parseInt(value);
            }
            if (!value.isEmpty()) {
                complaints.accept(
                        where
                                + key
                                + " = "
                                + value
                                + ": 0..999 is allowed; "
                                + otherwise
                                + " holds");
            }
            return otherwise;
        }
    }
}

package io.visionops.ingest.internal.config;

import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Polygon;
import io.visionops.api.geometry.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what is drawn into a camera's picture: lines, zones with their limits, and masks. */
final class GeometryReader {

    private static final String LOITERING = ".loitering.s";
    private static final String OCCUPANCY = ".max.occupancy";
    private static final int MOST_SHAPES = 64;

    private final Keys keys;

    GeometryReader(Keys keys) {
        this.keys = keys;
    }

    List<Line> lines() throws InvalidSetting {
        List<Line> lines = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, String> one : keys.takeAll("line.").entrySet()) {
            String key = "line." + one.getKey();
            name(key, one.getKey(), seen);
            lines.add(Shapes.line(key, one.getKey(), one.getValue()));
        }
        return limited("line", lines);
    }

    List<Zone> zones() throws InvalidSetting {
        Map<String, String> areas = new TreeMap<>();
        Map<String, String> loitering = new TreeMap<>();
        Map<String, String> occupancy = new TreeMap<>();
        for (Map.Entry<String, String> one : keys.takeAll("zone.").entrySet()) {
            String key = one.getKey();
            if (key.endsWith(LOITERING)) {
                loitering.put(before(key, LOITERING), one.getValue());
            } else if (key.endsWith(OCCUPANCY)) {
                occupancy.put(before(key, OCCUPANCY), one.getValue());
            } else if (key.indexOf('.') > 0 && CameraFile.isName(key.split("\\.", -1)[0])) {
                throw Keys.unknown("zone." + key);
            } else {
                areas.put(key, one.getValue());
            }
        }
        return zones(areas, loitering, occupancy);
    }

    private static List<Zone> zones(
            Map<String, String> areas, Map<String, String> loitering, Map<String, String> occupancy)
            throws InvalidSetting {
        List<Zone> zones = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, String> one : areas.entrySet()) {
            String name = one.getKey();
            String key = "zone." + name;
            name(key, name, seen);
            Polygon area = Shapes.polygon(key, one.getValue());
            zones.add(
                    new Zone(
                            name,
                            area,
                            seconds(key + LOITERING, loitering.remove(name)),
                            persons(key + OCCUPANCY, occupancy.remove(name))));
        }
        without(loitering, LOITERING);
        without(occupancy, OCCUPANCY);
        return limited("zone", zones);
    }

    private static String before(String key, String suffix) {
        return key.substring(0, key.length() - suffix.length());
    }

    private static void without(Map<String, String> left, String suffix) throws InvalidSetting {
        for (Map.Entry<String, String> one : left.entrySet()) {
            throw InvalidSetting.value(
                    "zone." + one.getKey() + suffix,
                    one.getValue(),
                    "there is no zone." + InvalidSetting.shown(one.getKey()));
        }
    }

    private static Optional<Duration> seconds(String key, @Nullable String text)
            throws InvalidSetting {
        if (text == null) {
            return Optional.empty();
        }
        double value = Numbers.decimal(key, text, 1, 86_400);
        return Optional.of(Duration.ofMillis(Math.round(value * 1000)));
    }

    private static OptionalInt persons(String key, @Nullable String text) throws InvalidSetting {
        return text == null
                ? OptionalInt.empty()
                : OptionalInt.of(Numbers.whole(key, text, 0, 10_000));
    }

    private static void name(String key, String name, Set<String> seen) throws InvalidSetting {
        if (!CameraFile.isName(name)) {
            throw new InvalidSetting(
                    InvalidSetting.shown(key) + ": the name must be 1..64 of a-z A-Z 0-9 _ -");
        }
        if (!seen.add(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidSetting(key + ": another one has that name in other case");
        }
    }

    private static <T> List<T> limited(String what, List<T> shapes) throws InvalidSetting {
        if (shapes.size() > MOST_SHAPES) {
            throw new InvalidSetting(
                    what + ".NAME: at most " + MOST_SHAPES + " of them, not " + shapes.size());
        }
        return shapes;
    }

    List<Polygon> masks() throws InvalidSetting {
        String text = keys.take("mask").orElse("");
        return text.isEmpty() ? List.of() : limited("mask", Shapes.polygons("mask", text));
    }
}

package io.visionops.ingest.internal.config;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.camera.FileStart;
import io.visionops.api.camera.PictureLimits;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.Source;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Polygon;
import io.visionops.api.geometry.Zone;
import io.visionops.support.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one camera's configuration, strictly: what it does not understand it refuses, because a
 * misspelt key that is ignored is a counting line that never counts.
 */
public final class SettingsReader {

    private static final String LOITERING = ".loitering.s";
    private static final String OCCUPANCY = ".max.occupancy";
    private static final int MOST_SHAPES = 64;

    private static final Pattern DETECTOR = Pattern.compile("[a-zA-Z0-9._-]{1,64}");
    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,63}");

    /**
     * Between two addresses; a comma within one is left alone. Possessive: no run is read twice.
     */
    private static final Pattern BETWEEN_URLS =
            Pattern.compile("(?<!\\s)(?=[,\\s])\\s*+(?:,\\s*+)?+(?=[a-zA-Z0-9]++:/)");

    private final Keys keys;

    private SettingsReader(Keys keys) {
        this.keys = keys;
    }

    /**
     * @param raw keys and values as in the file, and what config admin adds
     * @throws Refused with the first thing that is wrong
     */
    public static CameraSettings read(CameraFile file, Map<String, ?> raw, Secrets secrets)
            throws InvalidSetting {
        Optional<String> badName = file.nameRefused();
        if (badName.isPresent()) {
            throw new InvalidSetting(badName.get());
        }
        return new SettingsReader(new Keys(raw, secrets)).settings(file.camera());
    }

    private CameraSettings settings(String name) throws InvalidSetting {
        Source source = source();
        boolean enabled = flag("enabled", true);
        int priority = whole("priority", 5, 1, 10);
        DetectionSettings analysis = analysis();
        ReconnectPolicy reconnect = reconnect();
        PictureLimits picture = picture();
        keys.end();
        return new CameraSettings(name, enabled, priority, source, analysis, reconnect, picture);
    }

    private Source source() throws InvalidSetting {
        String url = keys.take("url").orElse("");
        if (url.isEmpty()) {
            throw new InvalidSetting(
                    "url is missing: must be rtsp://HOST/..., rtsps://, http://, https://,"
                            + " file:/PATH or v4l2:/dev/videoN");
        }
        Address address = Address.parse("url", url);
        Source.Pace pace = choice("pace", Source.Pace.NATIVE, Source.Pace.values());
        boolean loop = flag("loop", false);
        Source.Transport transport =
                choice("transport", Source.Transport.TCP, Source.Transport.values());
        Optional<String> start = keys.take("file.start");
        boolean file = address.scheme() == Address.Scheme.FILE;
        if (pace == Source.Pace.ASAP && !file) {
            throw new InvalidSetting(
                    "pace = asap: only a file: address can be read so; must be native");
        }
        if (loop && !file) {
            throw new InvalidSetting(
                    "loop = true: only a file: address can start again; must be false");
        }
        if (transport == Source.Transport.UDP && !address.scheme().isRtsp()) {
            throw new InvalidSetting("transport = udp: only rtsp:// can use it; must be tcp");
        }
        if (start.isPresent() && pace != Source.Pace.ASAP) {
            throw InvalidSetting.value(
                    "file.start",
                    start.get(),
                    "only a film that is read with pace = asap has a time of its own; must be"
                            + " absent");
        }
        Optional<FileStart> fileStart =
                start.isEmpty()
                        ? Optional.empty()
                        : Optional.of(FilmDates.parse("file.start", start.get()));
        return new Source(
                address.url(), fallbacks(address.url()), pace, loop, transport, fileStart);
    }

    private List<String> fallbacks(String url) throws InvalidSetting {
        String text = keys.take("fallback.urls").orElse("");
        List<String> urls = new ArrayList<>();
        if (text.isEmpty()) {
            return urls;
        }
        for (String written : BETWEEN_URLS.split(text)) {
            String one = Address.parse("fallback.urls", written).url();
            if (one.equals(url) || urls.contains(one)) {
                throw InvalidSetting.value("fallback.urls", one, "is named twice");
            }
            urls.add(one);
        }
        return urls;
    }

    private DetectionSettings analysis() throws InvalidSetting {
        int fps = whole("detect.fps", 5, 1, 30);
        int width = whole("detect.width", 640, 64, 1920);
        if (width % 2 != 0) {
            throw InvalidSetting.value("detect.width", String.valueOf(width), "must be even");
        }
        String detector = keys.take("detector").orElse("auto");
        if (!DETECTOR.matcher(detector).matches()) {
            throw InvalidSetting.value(
                    "detector", detector, "must be auto, motion or the name of a model");
        }
        return new DetectionSettings(
                fps,
                width,
                detector,
                objects(),
                decimal("min.score", 0.5),
                lines(),
                zones(),
                masks());
    }

    private Set<String> objects() throws InvalidSetting {
        String text = keys.take("objects").orElse("person,moving");
        Set<String> labels = new LinkedHashSet<>();
        for (String one : text.split(",", -1)) {
            String label = one.strip();
            if (!LABEL.matcher(label).matches()) {
                throw InvalidSetting.value(
                        "objects", text, "must be names separated by commas, such as person, car");
            }
            if (!labels.add(label)) {
                throw InvalidSetting.value("objects", text, "names " + label + " twice");
            }
        }
        return labels;
    }

    private List<Line> lines() throws InvalidSetting {
        List<Line> lines = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, String> one : keys.takeAll("line.").entrySet()) {
            String key = "line." + one.getKey();
            name(key, one.getKey(), seen);
            lines.add(Shapes.line(key, one.getKey(), one.getValue()));
        }
        return limited("line", lines);
    }

    private List<Zone> zones() throws InvalidSetting {
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
        double value = number(key, text, 1, 86_400);
        return Optional.of(Duration.ofMillis(Math.round(value * 1000)));
    }

    private static OptionalInt persons(String key, @Nullable String text) throws InvalidSetting {
        return text == null ? OptionalInt.empty() : OptionalInt.of(whole(key, text, 0, 10_000));
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

    private List<Polygon> masks() throws InvalidSetting {
        String text = keys.take("mask").orElse("");
        return text.isEmpty() ? List.of() : limited("mask", Shapes.polygons("mask", text));
    }

    private ReconnectPolicy reconnect() throws InvalidSetting {
        Duration initial =
                duration("reconnect.initial", "1s", Duration.ofMillis(100), Duration.ofHours(1));
        Duration max = duration("reconnect.max", "60s", Duration.ofMillis(100), Duration.ofDays(1));
        int retries = whole("reconnect.retries", 10, 0, 1_000_000);
        Duration probe =
                duration("reconnect.probe", "5m", Duration.ofSeconds(1), Duration.ofDays(1));
        if (max.compareTo(initial) < 0) {
            throw InvalidSetting.value(
                    "reconnect.max",
                    DurationText.show(max),
                    "must not be less than reconnect.initial, " + DurationText.show(initial));
        }
        return new ReconnectPolicy(initial, max, retries, probe);
    }

    private PictureLimits picture() throws InvalidSetting {
        PictureLimits unset = PictureLimits.DEFAULTS;
        return new PictureLimits(
                limit("picture.freeze", unset.freeze()),
                limit("picture.dark", unset.dark()),
                limit("picture.blur", unset.blur()),
                limit("picture.moved", unset.moved()));
    }

    private Optional<Duration> limit(String key, Optional<Duration> unset) throws InvalidSetting {
        Optional<String> text = keys.take(key);
        if (text.isEmpty()) {
            return unset;
        }
        if (text.get().equalsIgnoreCase("off")) {
            return Optional.empty();
        }
        if (DurationText.parse(text.get()).isEmpty()) {
            throw InvalidSetting.value(
                    key, text.get(), "must be off or a duration such as 10s, 1m");
        }
        return Optional.of(
                Durations.parse(key, text.get(), Duration.ofSeconds(5), Duration.ofDays(1)));
    }

    private Duration duration(String key, String unset, Duration least, Duration most)
            throws InvalidSetting {
        return Durations.parse(key, keys.take(key).orElse(unset), least, most);
    }

    private boolean flag(String key, boolean unset) throws InvalidSetting {
        String text = keys.take(key).orElse(String.valueOf(unset));
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw InvalidSetting.value(key, text, "must be true or false");
        };
    }

    private <E extends Enum<E>> E choice(String key, E unset, E[] allowed) throws InvalidSetting {
        String text = keys.take(key).orElse(unset.name());
        for (E one : allowed) {
            if (one.name().equalsIgnoreCase(text)) {
                return one;
            }
        }
        List<String> words = new ArrayList<>();
        for (E one : allowed) {
            words.add(one.name().toLowerCase(Locale.ROOT));
        }
        throw InvalidSetting.value(key, text, "must be " + String.join(" or ", words));
    }

    private double decimal(String key, double unset) throws InvalidSetting {
        Optional<String> text = keys.take(key);
        return text.isEmpty() ? unset : number(key, text.get(), 0, 1);
    }

    private static double number(String key, String text, int least, int most)
            throws InvalidSetting {
        String rule = "must be a number " + least + ".." + most;
        if (!text.matches("-?(\\d{1,9}(\\.\\d{0,9})?|\\.\\d{1,9})")) {
            throw InvalidSetting.value(key, text, rule);
        }
        double value = Double.parseDouble(text);
        if (value < least || value > most) {
            throw InvalidSetting.value(key, text, rule);
        }
        return value;
    }

    private int whole(String key, int unset, int least, int most) throws InvalidSetting {
        Optional<String> text = keys.take(key);
        return text.isEmpty() ? unset : whole(key, text.get(), least, most);
    }

    private static int whole(String key, String text, int least, int most) throws InvalidSetting {
        String rule = "must be " + least + ".." + most;
        if (!text.matches("-?\\d{1,9}")) {
            throw InvalidSetting.value(key, text, rule);
        }
        int value = Integer.parseInt(text);
        if (value < least || value > most) {
            throw InvalidSetting.value(key, text, rule);
        }
        return value;
    }
}

package io.visionops.ingest.internal.config;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.camera.PictureLimits;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.Source;
import io.visionops.support.DurationText;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one camera's configuration, strictly: what it does not understand it refuses, because a
 * misspelt key that is ignored is a counting line that never counts.
 */
public final class SettingsReader {

    private static final Pattern DETECTOR = Pattern.compile("[a-zA-Z0-9._-]{1,64}");
    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,63}");

    private final Keys keys;
    private final ValueReader values;

    private SettingsReader(Keys keys) {
        this.keys = keys;
        this.values = new ValueReader(keys);
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
        Source source = new SourceReader(keys).read();
        boolean enabled = values.flag("enabled", true);
        int priority = values.whole("priority", 5, 1, 10);
        DetectionSettings analysis = analysis();
        ReconnectPolicy reconnect = reconnect();
        PictureLimits picture = picture();
        keys.end();
        return new CameraSettings(name, enabled, priority, source, analysis, reconnect, picture);
    }

    private DetectionSettings analysis() throws InvalidSetting {
        int fps = values.whole("detect.fps", 5, 1, 30);
        int width = values.whole("detect.width", 640, 64, 1920);
        if (width % 2 != 0) {
            throw InvalidSetting.value("detect.width", String.valueOf(width), "must be even");
        }
        String detector = keys.take("detector").orElse("auto");
        if (!DETECTOR.matcher(detector).matches()) {
            throw InvalidSetting.value(
                    "detector", detector, "must be auto, motion or the name of a model");
        }
        GeometryReader geometry = new GeometryReader(keys);
        return new DetectionSettings(
                fps,
                width,
                detector,
                objects(),
                values.decimal("min.score", 0.5),
                geometry.lines(),
                geometry.zones(),
                geometry.masks());
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

    private ReconnectPolicy reconnect() throws InvalidSetting {
        Duration initial =
                values.duration(
                        "reconnect.initial", "1s", Duration.ofMillis(100), Duration.ofHours(1));
        Duration max =
                values.duration("reconnect.max", "60s", Duration.ofMillis(100), Duration.ofDays(1));
        int retries = values.whole("reconnect.retries", 10, 0, 1_000_000);
        Duration probe =
                values.duration("reconnect.probe", "5m", Duration.ofSeconds(1), Duration.ofDays(1));
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
                values.limit("picture.freeze", unset.freeze()),
                values.limit("picture.dark", unset.dark()),
                values.limit("picture.blur", unset.blur()),
                values.limit("picture.moved", unset.moved()));
    }
}

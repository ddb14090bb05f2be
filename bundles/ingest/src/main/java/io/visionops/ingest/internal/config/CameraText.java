package io.visionops.ingest.internal.config;

import io.visionops.api.camera.CameraSettings;
import io.visionops.support.LiteralProperties;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a camera's configuration says, word for word.
 *
 * @param values secrets are named in it, not resolved
 * @param written in a file that we read, rather than brought by config admin
 * @param refusal why it cannot be read
 */
public record CameraText(
        CameraFile file, Map<String, ?> values, boolean written, Optional<String> refusal) {

    /** Reads a file. */
    static CameraText of(CameraFile file, byte[] bytes) {
        try {
            LiteralProperties read = LiteralProperties.parse(LiteralProperties.decode(bytes));
            return new CameraText(file, read.values(), true, unclear(read));
        } catch (CharacterCodingException e) {
            return unreadable(file, "is not UTF-8: save it as UTF-8");
        }
    }

    static CameraText unreadable(CameraFile file, String why) {
        return new CameraText(file, Map.of(), true, Optional.of(why));
    }

    static CameraText unreadable(CameraFile file, IOException why) {
        return unreadable(file, "cannot be read: " + why.getClass().getSimpleName());
    }

    /** What config admin brings of a configuration that has no file, or one in Karaf's format. */
    public static CameraText delivered(String pid, Map<String, ?> values) {
        return new CameraText(
                CameraFile.from(pid, values), new HashMap<>(values), false, Optional.empty());
    }

    private static Optional<String> unclear(LiteralProperties read) {
        for (Map.Entry<String, List<Integer>> one : read.lines().entrySet()) {
            if (one.getValue().size() > 1) {
                return Optional.of(
                        InvalidSetting.shown(one.getKey())
                                + ": given more than once, in lines "
                                + one.getValue().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(" and "))
                                + ": keep one of them");
            }
        }
        return read.values().entrySet().stream()
                .filter(one -> one.getValue().endsWith("\\"))
                .map(
                        one ->
                                InvalidSetting.shown(one.getKey())
                                        + ": ends in \\, but no line is continued: write it in one"
                                        + " line")
                .findFirst();
    }

    /** Names of the secrets that it stands for. */
    public Set<String> secrets() {
        Set<String> names = new TreeSet<>();
        for (String key : Secrets.KEYS) {
            Object value = values.get(key);
            if (value != null) {
                names.addAll(Secrets.names(String.valueOf(value)));
            }
        }
        return names;
    }

    /**
     * @throws Refused with the first thing that is wrong
     */
    public CameraSettings settings(Secrets secrets) throws InvalidSetting {
        if (refusal.isPresent()) {
            throw new InvalidSetting(refusal.get());
        }
        return SettingsReader.read(file, values, secrets);
    }
}

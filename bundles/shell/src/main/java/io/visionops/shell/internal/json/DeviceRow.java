package io.visionops.shell.internal.json;

import io.visionops.api.discovery.Device;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device that was found.
 *
 * @param problem why streams are missing
 * @param add the command that adds its recommended stream; null where there is none
 */
public record DeviceRow(
        String host,
        String name,
        String manufacturer,
        String model,
        List<StreamRow> streams,
        @Nullable String problem,
        List<String> notes,
        @Nullable String add) {

    /** One of its streams; {@code url} without credentials. */
    public record StreamRow(
            String profile,
            String codec,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Double fps,
            String url,
            boolean recommended) {

        static StreamRow of(Device.Stream stream) {
            return new StreamRow(
                    stream.profile(),
                    stream.codec(),
                    stream.width() == 0 ? null : stream.width(),
                    stream.height() == 0 ? null : stream.height(),
                    stream.fps() == 0 ? null : Json.round(stream.fps(), 2),
                    stream.url(),
                    stream.recommended());
        }
    }

    /**
     * @param user who may look at the stream
     */
    public static DeviceRow of(Device device, Optional<String> user) {
        return new DeviceRow(
                device.host(),
                device.name(),
                device.manufacturer(),
                device.model(),
                device.streams().stream().map(StreamRow::of).toList(),
                device.problem().orElse(null),
                device.notes(),
                device.streams().stream()
                        .filter(Device.Stream::recommended)
                        .findFirst()
                        .map(stream -> add(device.host(), stream.url(), user))
                        .orElse(null));
    }

    /** The address holds no quotes: whoever made it has encoded them. */
    private static String add(String host, String url, Optional<String> user) {
        String name = ("camera-" + host).replaceAll("[^a-zA-Z0-9_-]+", "-");
        return "camera-add "
                + name.substring(0, Math.min(64, name.length()))
                + " '"
                + url
                + "'"
                + user.map(one -> " --user '" + one.replace("'", "'\\''") + "'").orElse("");
    }
}

package io.visionops.shell.internal.json;

import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.health.GovernorStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the governor sees, and what it asks of whom.
 *
 * @param time of its last look
 * @param level 0..7
 * @param words what is done at that level
 * @param reason empty at level 0
 * @param cameras of which something is asked
 */
public record GovernorDocument(
        Instant time,
        boolean enabled,
        int level,
        String words,
        Instant since,
        String reason,
        List<InputRow> inputs,
        List<RequestRow> cameras) {

    public GovernorDocument {
        inputs = List.copyOf(inputs);
        cameras = List.copyOf(cameras);
    }

    /**
     * Something of which the machine may be short.
     *
     * @param value null while it is not known
     * @param critical null where there is one threshold
     * @param pressure by the threshold; null while it is not known
     * @param effect {@code unknown}, {@code none}, {@code holds}, {@code lowers} or {@code tells}
     */
    public record InputRow(
            String input,
            String unit,
            @Nullable Double value,
            double release,
            double throttle,
            @Nullable Double critical,
            @Nullable Double pressure,
            String effect) {

        static InputRow of(GovernorStatus.Input input) {
            return new InputRow(
                    input.name(),
                    input.unit(),
                    rounded(input.value(), 1),
                    input.release(),
                    input.throttle(),
                    rounded(input.critical(), 1),
                    rounded(input.pressure(), 3),
                    input.effect().name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * What is asked of a camera.
     *
     * @param asked by the governor, as in {@link LevelDocument}
     * @param level that holds
     */
    public record RequestRow(
            String camera,
            int priority,
            String asked,
            @Nullable Integer askedFps,
            String level,
            @Nullable Integer fps) {

        static RequestRow of(GovernorStatus.Request request) {
            return new RequestRow(
                    request.camera(),
                    request.priority(),
                    request.level().kind().word(),
                    rate(request.level()),
                    request.inForce().kind().word(),
                    rate(request.inForce()));
        }
    }

    public static GovernorDocument of(GovernorStatus status) {
        return new GovernorDocument(
                status.time(),
                status.enabled(),
                status.level(),
                status.words(),
                status.since(),
                status.reason(),
                status.inputs().stream().map(InputRow::of).toList(),
                status.requests().stream().map(RequestRow::of).toList());
    }

    private static @Nullable Double rounded(OptionalDouble value, int decimals) {
        return value.isPresent() ? Json.round(value.getAsDouble(), decimals) : null;
    }

    private static @Nullable Integer rate(ServiceLevel level) {
        return level.kind() == ServiceLevel.Kind.REDUCED ? level.fps() : null;
    }
}

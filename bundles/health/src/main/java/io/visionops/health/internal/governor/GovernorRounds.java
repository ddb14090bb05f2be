package io.visionops.health.internal.governor;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.health.GovernorStatus;
import io.visionops.api.health.GovernorStatus.Input;
import io.visionops.api.health.GovernorStatus.Request;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.machine.MachineReadings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * One look after the other: at the machine, at the level that is right, and at what stands at the
 * cameras. For one thread, but for {@link #use} and {@link #leave}.
 */
final class GovernorRounds {

    private final Supplier<Optional<MachineReadings>> machine;
    private final Supplier<Optional<Cameras>> cameras;
    private final Clock clock;
    private final Ticker ticker;
    private final GovernorEvents events;
    private final GovernorStateMachine state;
    private final DiskWatch disk = new DiskWatch();
    private final FrameLosses losses = new FrameLosses();
    private final CameraRequests requests;
    private Instant since;
    private boolean adopted;
    private volatile GovernorSettings settings;
    private volatile boolean leaving;

    /**
     * @param machine empty when it has not been looked at lately
     * @param cameras empty while ingest is being replaced
     */
    GovernorRounds(
            Supplier<Optional<MachineReadings>> machine,
            Supplier<Optional<Cameras>> cameras,
            GovernorSettings settings,
            GovernorEvents events,
            Clock clock,
            Ticker ticker) {
        this.machine = machine;
        this.cameras = cameras;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
        this.ticker = ticker;
        this.state = new GovernorStateMachine(settings);
        this.requests = new CameraRequests(ticker);
        this.since = clock.instant();
    }

    void use(GovernorSettings next) {
        settings = next;
    }

    GovernorSettings settings() {
        return settings;
    }

    /** Asks for nothing any more. What was asked for stands, for the next run of this part. */
    void leave() {
        leaving = true;
    }

    /** One look. */
    GovernorStatus look() {
        GovernorSettings present = settings;
        state.use(present);
        List<Camera> all = cameras.get().map(Cameras::list).orElse(List.of());
        List<Camera> enabled = all.stream().filter(one -> one.settings().enabled()).toList();
        adopt(enabled);
        Optional<MachineReadings> readings = machine.get();
        Map<GovernorInput, Double> values = values(readings, losses.look(enabled));
        step(present, readings, values).ifPresent(this::changed);
        OptionalDouble full =
                readings.map(MachineReadings::diskPressure).orElse(OptionalDouble.empty());
        disk.look(full, present.holdDown(), ticker.nanos())
                .ifPresent(critical -> events.tellDisk(critical, state.level()));
        List<Request> asked =
                leaving ? List.of() : requests.apply(state.level(), state.reason(), enabled);
        return new GovernorStatus(
                clock.instant(),
                present.enabled(),
                state.level().ordinal(),
                state.level().words(),
                since,
                state.reason(),
                inputs(present, values, readings),
                asked);
    }

    /**
     * What an earlier run of this part has asked for, and a swap has left at the cameras, is where
     * this one goes on: a pause for heat does not end by an update.
     */
    private void adopt(List<Camera> enabled) {
        if (adopted || enabled.isEmpty()) {
            return;
        }
        adopted = true;
        GovernorLevel left = CameraPlan.levelOf(enabled);
        if (left.isDeeperThan(state.level())) {
            String reason =
                    enabled.stream()
                            .flatMap(camera -> CameraPlan.standing(camera).stream())
                            .map(LevelRequest::reason)
                            .findFirst()
                            .orElse("");
            state.adopt(left, reason, ticker.nanos());
            since = clock.instant();
        }
    }

    private Optional<LevelChange> step(
            GovernorSettings present,
            Optional<MachineReadings> readings,
            Map<GovernorInput, Double> values) {
        if (!present.enabled()) {
            return state.reset("the governor was switched off", ticker.nanos());
        }
        if (readings.isEmpty()) {
            state.freeze();
            return Optional.empty();
        }
        return state.step(values, ticker.nanos());
    }

    private void changed(LevelChange change) {
        since = clock.instant();
        events.tell(change);
    }

    private static Map<GovernorInput, Double> values(
            Optional<MachineReadings> readings, OptionalDouble late) {
        Map<GovernorInput, Double> values = new EnumMap<>(GovernorInput.class);
        readings.ifPresent(
                one -> {
                    one.temperature()
                            .ifPresent(value -> values.put(GovernorInput.TEMPERATURE, value));
                    one.memory().ifPresent(value -> values.put(GovernorInput.MEMORY, value));
                    one.cpu().ifPresent(value -> values.put(GovernorInput.CPU, value));
                });
        late.ifPresent(value -> values.put(GovernorInput.QUEUE, value));
        return values;
    }

    private List<Input> inputs(
            GovernorSettings present,
            Map<GovernorInput, Double> values,
            Optional<MachineReadings> readings) {
        List<Input> inputs = new ArrayList<>();
        for (GovernorInput input : GovernorInput.values()) {
            Threshold threshold = present.thresholds().get(input);
            if (threshold != null) {
                inputs.add(input(input, threshold, Optional.ofNullable(values.get(input))));
            }
        }
        inputs.add(disk(readings));
        return inputs;
    }

    private Input input(GovernorInput input, Threshold threshold, Optional<Double> value) {
        return new Input(
                input.key(),
                input.unit(),
                optional(value),
                threshold.release(),
                threshold.throttle(),
                threshold.critical(),
                optional(value.map(one -> one / threshold.throttle())),
                value.map(one -> effect(threshold, one)).orElse(GovernorStatus.Effect.UNKNOWN));
    }

    private static OptionalDouble optional(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private GovernorStatus.Effect effect(Threshold threshold, double value) {
        if (threshold.wanted(value) != GovernorLevel.FULL) {
            return GovernorStatus.Effect.LOWERS;
        }
        return state.level() != GovernorLevel.FULL && threshold.holds(value, state.level())
                ? GovernorStatus.Effect.HOLDS
                : GovernorStatus.Effect.NONE;
    }

    /** Its limits are those of its check. */
    private Input disk(Optional<MachineReadings> readings) {
        OptionalDouble pressure =
                readings.map(MachineReadings::diskPressure).orElse(OptionalDouble.empty());
        GovernorStatus.Effect effect =
                disk.isCritical() ? GovernorStatus.Effect.TELLS : GovernorStatus.Effect.NONE;
        return new Input(
                "disk",
                "percent of its limit",
                pressure.isPresent()
                        ? OptionalDouble.of(100 * pressure.getAsDouble())
                        : OptionalDouble.empty(),
                100 * DiskWatch.RELEASE,
                100,
                OptionalDouble.empty(),
                pressure,
                pressure.isEmpty() ? GovernorStatus.Effect.UNKNOWN : effect);
    }
}

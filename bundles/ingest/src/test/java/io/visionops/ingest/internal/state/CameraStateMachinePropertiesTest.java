package io.visionops.ingest.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ReconnectPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens, in whatever order. */
@Tag("slow")
class CameraStateMachinePropertiesTest {

    private static final ReconnectPolicy RECONNECT =
            new ReconnectPolicy(
                    Duration.ofSeconds(1), Duration.ofSeconds(60), 10, Duration.ofMinutes(5));

    /** Something happens after a time. */
    record After(long nanos, Trigger trigger) {}

    @Provide
    Arbitrary<List<After>> sequences() {
        Arbitrary<Fault> faults =
                Arbitraries.of(Cause.class).map(cause -> new Fault(cause, "as it was seen"));
        Arbitrary<Trigger> happenings =
                Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(8, Arbitraries.just(new Trigger.Due())),
                        net.jqwik.api.Tuple.of(8, Arbitraries.just(new Trigger.FrameCame())),
                        net.jqwik.api.Tuple.of(6, faults.map(Trigger.Lost::new)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Trigger.Finished(""))),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Trigger.Slow("slow"))),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Trigger.Fluent())),
                        net.jqwik.api.Tuple.of(1, faults.map(Trigger.PictureFault::new)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Trigger.PictureWell())),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Trigger.Answered())),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Trigger.Paused("by x"))),
                        net.jqwik.api.Tuple.of(2, Arbitraries.just(new Trigger.Resumed())),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Trigger.Asked())));
        Arbitrary<Long> times =
                Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 300_000_000L),
                        Arbitraries.longs().between(0, Duration.ofMinutes(10).toNanos()));
        return Combinators.combine(times, happenings)
                .as(After::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(200);
    }

    @Property(tries = 10_000)
    void noStateIsIllegalAndNoTryTooEarly(
            @ForAll("sequences") List<After> sequence,
            @ForAll @IntRange(min = 1, max = 3) int addresses,
            @ForAll Random random) {
        CameraStateMachine machine =
                new CameraStateMachine(RECONNECT, addresses, random::nextDouble);
        StateData now = StateData.start(0);
        long time = 0;
        long earliest = 0;

        for (After after : sequence) {
            time += after.nanos();
            StateData before = now;
            Transition step = machine.next(before, after.trigger(), time);
            now = step.stateData();

            assertSane(now);
            if (now.state() != before.state()) {
                assertThat(TransitionTable.after(before.state(), after.trigger().kind()))
                        .contains(now.state());
                assertThat(step.effects()).hasAtLeastOneElementOfType(Action.Tell.class);
            }
            if (has(step, Action.Start.class)) {
                assertThat(time).isGreaterThanOrEqualTo(earliest);
                assertThat(before.waiting()).isTrue();
            }
            if (before.isPaused() && now.isPaused()) {
                assertThat(step.effects()).isEmpty();
            }
            if (after.trigger() instanceof Trigger.Asked
                    || after.trigger() instanceof Trigger.Answered
                    || after.trigger() instanceof Trigger.Resumed) {
                earliest = 0;
            } else if (has(step, Action.WaitUntil.class)) {
                earliest = time + least(before, now, addresses).toNanos();
            }
        }
    }

    private static boolean has(Transition step, Class<? extends Action> kind) {
        return step.effects().stream().anyMatch(kind::isInstance);
    }

    /** What the documentation promises, worked out in another way. */
    private static Duration least(StateData before, StateData after, int addresses) {
        int failures = after.misses().failures();
        boolean died =
                after.fault().map(Fault::cause).equals(Optional.of(Cause.CRASHED))
                        && before.isStreaming()
                        && failures == 1;
        if (died && after.state() == CameraState.BACKOFF) {
            return CameraStateMachine.AT_ONCE;
        }
        if (after.state() == CameraState.BACKOFF) {
            return Duration.ofSeconds(Math.min(60, 1L << Math.min(failures - 1, 10)));
        }
        boolean first = before.state() != CameraState.OFFLINE;
        boolean last = before.misses().round() + 1 >= addresses;
        return first || last ? RECONNECT.probe() : RECONNECT.initial();
    }

    private static void assertSane(StateData now) {
        switch (now.state()) {
            case BACKOFF -> assertThat(now.waiting()).isTrue();
            case STREAMING -> {
                assertThat(now.waiting()).isFalse();
                assertThat(now.fault()).isEmpty();
                assertThat(now.flow().isGood()).isTrue();
            }
            case DEGRADED -> {
                assertThat(now.waiting()).isFalse();
                assertThat(now.flow().isGood()).isFalse();
            }
            case OFFLINE -> assertThat(now.fault()).isPresent();
            case IDLE -> {
                assertThat(now.waiting()).isFalse();
                assertThat(now.fault()).isPresent();
            }
            case DISABLED -> assertThat(now.waiting()).isFalse();
            default -> assertThat(now.state()).isEqualTo(CameraState.CONNECTING);
        }
        assertThat(now.misses().failures()).isNotNegative();
    }

    @Property(tries = 10_000)
    void thereIsAlwaysAWayBackToStreaming(@ForAll("sequences") List<After> sequence) {
        CameraStateMachine machine = new CameraStateMachine(RECONNECT, 2, () -> 0.5);
        StateData now = StateData.start(0);
        long time = 0;
        for (After after : sequence) {
            time += after.nanos();
            now = machine.next(now, after.trigger(), time).stateData();
        }

        List<Trigger> way = new ArrayList<>();
        if (now.state() == CameraState.IDLE) {
            way.add(now.isPaused() ? new Trigger.Resumed() : new Trigger.Asked());
        }
        way.addAll(
                List.of(
                        new Trigger.Due(),
                        new Trigger.FrameCame(),
                        new Trigger.Fluent(),
                        new Trigger.PictureWell()));
        for (Trigger trigger : way) {
            time = now.waiting() ? Math.max(time, now.retry()) : time;
            now = machine.next(now, trigger, time).stateData();
        }

        assertThat(now.state()).isEqualTo(CameraState.STREAMING);
        assertThat(now.fault()).isEqualTo(Optional.empty());
    }

    @Property(tries = 200)
    void aDeadCameraIsTriedNoMoreOftenThanItsProbesAllow(
            @ForAll @IntRange(min = 1, max = 3) int addresses, @ForAll Random random) {
        CameraStateMachine machine =
                new CameraStateMachine(RECONNECT, addresses, random::nextDouble);
        StateData now = StateData.start(0);
        int tries = 0;
        long day = Duration.ofDays(1).toNanos();
        for (long time = 0; time < day; time = now.retry()) {
            now = machine.next(now, new Trigger.Due(), time).stateData();
            now =
                    machine.next(now, new Trigger.Lost(new Fault(Cause.TIMEOUT, "")), time)
                            .stateData();
            tries++;
        }

        int probes = (int) (Duration.ofDays(1).toSeconds() / RECONNECT.probe().toSeconds());
        assertThat(tries).isBetween(addresses * probes * 8 / 10, 11 + addresses * (probes + 1));
    }
}

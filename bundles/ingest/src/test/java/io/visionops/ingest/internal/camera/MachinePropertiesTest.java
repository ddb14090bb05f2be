package io.visionops.ingest.internal.camera;

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
class MachinePropertiesTest {

    private static final ReconnectPolicy RECONNECT =
            new ReconnectPolicy(
                    Duration.ofSeconds(1), Duration.ofSeconds(60), 10, Duration.ofMinutes(5));

    /** Something happens after a time. */
    record After(long nanos, Happening happening) {}

    @Provide
    Arbitrary<List<After>> sequences() {
        Arbitrary<Fault> faults =
                Arbitraries.of(Cause.class).map(cause -> new Fault(cause, "as it was seen"));
        Arbitrary<Happening> happenings =
                Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(8, Arbitraries.just(new Happening.Due())),
                        net.jqwik.api.Tuple.of(8, Arbitraries.just(new Happening.FrameCame())),
                        net.jqwik.api.Tuple.of(6, faults.map(Happening.Lost::new)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Happening.Finished(""))),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Happening.Slow("slow"))),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Happening.Fluent())),
                        net.jqwik.api.Tuple.of(1, faults.map(Happening.PictureFault::new)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Happening.PictureWell())),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Happening.Answered())),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Happening.Paused("by x"))),
                        net.jqwik.api.Tuple.of(2, Arbitraries.just(new Happening.Resumed())),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(new Happening.Asked())));
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
        Machine machine = new Machine(RECONNECT, addresses, random::nextDouble);
        Situation now = Situation.start(0);
        long time = 0;
        long earliest = 0;

        for (After after : sequence) {
            time += after.nanos();
            Situation before = now;
            Step step = machine.next(before, after.happening(), time);
            now = step.situation();

            assertSane(now);
            if (now.state() != before.state()) {
                assertThat(StateTable.after(before.state(), after.happening().kind()))
                        .contains(now.state());
                assertThat(step.effects()).hasAtLeastOneElementOfType(Effect.Tell.class);
            }
            if (has(step, Effect.Start.class)) {
                assertThat(time).isGreaterThanOrEqualTo(earliest);
                assertThat(before.waiting()).isTrue();
            }
            if (before.isPaused() && now.isPaused()) {
                assertThat(step.effects()).isEmpty();
            }
            if (after.happening() instanceof Happening.Asked
                    || after.happening() instanceof Happening.Answered
                    || after.happening() instanceof Happening.Resumed) {
                earliest = 0;
            } else if (has(step, Effect.WaitUntil.class)) {
                earliest = time + least(before, now, addresses).toNanos();
            }
        }
    }

    private static boolean has(Step step, Class<? extends Effect> kind) {
        return step.effects().stream().anyMatch(kind::isInstance);
    }

    /** What the documentation promises, worked out in another way. */
    private static Duration least(Situation before, Situation after, int addresses) {
        int failures = after.misses().failures();
        boolean died =
                after.fault().map(Fault::cause).equals(Optional.of(Cause.CRASHED))
                        && before.isStreaming()
                        && failures == 1;
        if (died && after.state() == CameraState.BACKOFF) {
            return Machine.AT_ONCE;
        }
        if (after.state() == CameraState.BACKOFF) {
            return Duration.ofSeconds(Math.min(60, 1L << Math.min(failures - 1, 10)));
        }
        boolean first = before.state() != CameraState.OFFLINE;
        boolean last = before.misses().round() + 1 >= addresses;
        return first || last ? RECONNECT.probe() : RECONNECT.initial();
    }

    private static void assertSane(Situation now) {
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
        Machine machine = new Machine(RECONNECT, 2, () -> 0.5);
        Situation now = Situation.start(0);
        long time = 0;
        for (After after : sequence) {
            time += after.nanos();
            now = machine.next(now, after.happening(), time).situation();
        }

        List<Happening> way = new ArrayList<>();
        if (now.state() == CameraState.IDLE) {
            way.add(now.isPaused() ? new Happening.Resumed() : new Happening.Asked());
        }
        way.addAll(
                List.of(
                        new Happening.Due(),
                        new Happening.FrameCame(),
                        new Happening.Fluent(),
                        new Happening.PictureWell()));
        for (Happening happening : way) {
            time = now.waiting() ? Math.max(time, now.retry()) : time;
            now = machine.next(now, happening, time).situation();
        }

        assertThat(now.state()).isEqualTo(CameraState.STREAMING);
        assertThat(now.fault()).isEqualTo(Optional.empty());
    }

    @Property(tries = 200)
    void aDeadCameraIsTriedNoMoreOftenThanItsProbesAllow(
            @ForAll @IntRange(min = 1, max = 3) int addresses, @ForAll Random random) {
        Machine machine = new Machine(RECONNECT, addresses, random::nextDouble);
        Situation now = Situation.start(0);
        int tries = 0;
        long day = Duration.ofDays(1).toNanos();
        for (long time = 0; time < day; time = now.retry()) {
            now = machine.next(now, new Happening.Due(), time).situation();
            now =
                    machine.next(now, new Happening.Lost(new Fault(Cause.TIMEOUT, "")), time)
                            .situation();
            tries++;
        }

        int probes = (int) (Duration.ofDays(1).toSeconds() / RECONNECT.probe().toSeconds());
        assertThat(tries).isBetween(addresses * probes * 8 / 10, 11 + addresses * (probes + 1));
    }
}

package io.visionops.health.internal.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.visionops.api.child.ChildUsage;
import io.visionops.api.subject.Subject;
import io.visionops.health.internal.machine.MemoryKind;
import io.visionops.health.internal.machine.MemorySample;
import io.visionops.health.internal.machine.MemorySample.Amount;
import io.visionops.health.internal.trend.TrendReport.Exhaustion;
import io.visionops.health.internal.trend.TrendReport.Growth;
import io.visionops.testkit.FakeProcess;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.DoubleConsumer;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TrendWatchTest {

    private static final long MB = 1_000_000;
    private static final long GB = 1_000 * MB;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Map<MemoryKind, Amount> own = new EnumMap<>(MemoryKind.class);
    private final List<ChildUsage> children = new ArrayList<>();
    private final TrendSettings settings = TrendSettings.defaults();
    private final Random random = new Random(7);
    private long free = 100 * GB;
    private final TrendWatch watch =
            new TrendWatch(
                    () -> Optional.of(sample()), () -> OptionalLong.of(free), Duration.ZERO, clock);

    {
        own.put(MemoryKind.HEAP, new Amount(60 * MB, 512 * MB));
        own.put(MemoryKind.DIRECT, new Amount(80 * MB, 512 * MB));
        own.put(MemoryKind.METASPACE, new Amount(70 * MB, 256 * MB));
        own.put(MemoryKind.NATIVE, new Amount(200 * MB, 0));
        child("camera-front", 1, 90 * MB);
    }

    @Test
    void aDecoderThatLeaksIsFoundAndNamedAfterTheWarmUpAndAnHour() {
        run(90, minute -> child("camera-front", 1, 90 * MB + leak(62, minute)));
        TrendReport found = run(2, minute -> child("camera-front", 1, 90 * MB + leak(62, 90)));

        Growth worst = found.growths().get(0);
        assertThat(worst.owner()).isEqualTo(MemoryOwner.child("camera-front"));
        assertThat(worst.bytesAnHour()).isCloseTo(62 * MB, within(3.0 * MB));
        assertThat(worst.owner().isRecycledBy(Subject.camera("front"))).isTrue();
        assertThat(worst.owner().isRecycledBy(Subject.camera("gate"))).isFalse();
        assertGrowth(Status.CRITICAL, "ffmpeg of camera front grows by 62 MB/h");
    }

    @Test
    void nothingIsSaidBeforeThereIsAnHourOfSamples() {
        run(85, minute -> child("camera-front", 1, 90 * MB + leak(62, minute)));

        assertThat(watch.look().growths()).isEmpty();
        assertGrowth(Status.OK, "judged in 5 min");
    }

    @Test
    void aLeakThatBeginsAfterHoursIsFoundWithinAnHour() {
        run(300, minute -> own(MemoryKind.NATIVE, 200 * MB + noise(3)));
        run(62, minute -> own(MemoryKind.NATIVE, 200 * MB + leak(60, minute) + noise(3)));

        assertGrowth(Status.CRITICAL, "native memory of the Java process (detectors) grows by");
    }

    @Test
    void aSmallLeakIsAWarning() {
        run(240, minute -> own(MemoryKind.METASPACE, 70 * MB + leak(14, minute) + noise(2)));

        assertGrowth(Status.WARN, "metaspace of the Java process (classes) grows by 14 MB/h");
    }

    @Test
    void aHeapThatIsFilledAndCollectedDoesNotGrow() {
        // What is live differs with each collection, and most samples see none.
        run(
                400,
                minute -> {
                    if (minute % 17 == 0) {
                        own(MemoryKind.HEAP, 60 * MB + noise(8));
                    }
                });

        assertGrowth(Status.OK, "nothing grows");
    }

    @Test
    void aHeapThatKeepsMoreAfterEachCollectionGrows() {
        run(
                200,
                minute -> {
                    if (minute % 25 == 0) {
                        own(MemoryKind.HEAP, 60 * MB + leak(60, minute));
                    }
                });

        assertGrowth(Status.CRITICAL, "the heap of the Java process grows by 60 MB/h");
        assertThat(watch.look().growths().get(0).owner().isRecycledBy(Subject.part("store")))
                .isFalse();
    }

    @Test
    void memoryThatGoesUpAndDownDoesNotGrow() {
        run(400, minute -> child("camera-front", 1, 90 * MB + (long) (minute % 20) * 3 * MB));

        assertGrowth(Status.OK, "nothing grows");
    }

    @Test
    void noiseIsNoGrowth() {
        for (int hour = 0; hour < 12; hour++) {
            run(
                    60,
                    minute -> {
                        child("camera-front", 1, 90 * MB + noise(15));
                        own(MemoryKind.NATIVE, 200 * MB + noise(15));
                    });
            assertGrowth(Status.OK, "");
        }
    }

    @Test
    void oneStepIsNoGrowthWhereverItIsInTheHour() {
        run(95, minute -> {});
        for (int minute = 0; minute < 400; minute++) {
            int at = minute;
            run(1, any -> own(MemoryKind.NATIVE, (at < 5 ? 200 : 400) * MB + noise(2)));
            assertGrowth(Status.OK, "");
        }
    }

    @Test
    void aCacheThatIsFilledOnceIsNoCriticalGrowthAndNoneAtAllLater() {
        run(95, minute -> {});
        for (int minute = 0; minute < 400; minute++) {
            double filled = Math.min(1, minute / 15.0);
            run(1, any -> own(MemoryKind.NATIVE, (long) ((200 + 80 * filled) * MB)));
            assertGrowth(Status.OK, "");
        }
    }

    @Test
    void whatASwapCostsIsNoGrowth() {
        run(120, minute -> {});
        watch.unsettle();
        for (int minute = 0; minute < 300; minute++) {
            double filled = Math.min(1, minute / 25.0);
            run(1, any -> own(MemoryKind.METASPACE, (long) ((70 + 100 * filled) * MB)));
            assertGrowth(Status.OK, "");
        }
    }

    @Test
    void whatCamerasTakeThatAreAddedIsNoGrowth() {
        run(120, minute -> {});
        for (int minute = 0; minute < 300; minute++) {
            int added = Math.min(12, minute / 10);
            run(
                    1,
                    any -> {
                        child("camera-new" + added, 10 + added, 90 * MB);
                        own(MemoryKind.DIRECT, (80 + 30L * added) * MB);
                    });
            assertGrowth(Status.OK, "");
        }
    }

    @Test
    void aDecoderThatIsStartedAgainIsWatchedFromItsOwnStart() {
        run(100, minute -> child("camera-front", 1, 90 * MB + leak(62, minute)));
        assertGrowth(Status.CRITICAL, "ffmpeg of camera front");

        run(1, minute -> child("camera-front", 2, 90 * MB));
        assertGrowth(Status.OK, "nothing grows");
        run(85, minute -> child("camera-front", 2, 90 * MB + leak(62, minute)));
        assertGrowth(Status.OK, "nothing grows");
        run(7, minute -> child("camera-front", 2, 90 * MB + leak(62, 85 + minute)));
        assertGrowth(Status.CRITICAL, "ffmpeg of camera front");
    }

    @Test
    void theDecoderThatTookAPlaceBelongsToTheSameCamera() {
        MemoryOwner successor = MemoryOwner.child("camera-front.b");

        assertThat(successor.words()).isEqualTo("ffmpeg of camera front");
        assertThat(successor.isRecycledBy(Subject.camera("front"))).isTrue();
        assertThat(MemoryOwner.child("camera-front.film").isRecycledBy(Subject.camera("front")))
                .isFalse();
    }

    @Test
    void aDiskThatFillsIsForetold() {
        run(30, minute -> {});
        run(60 * 5, minute -> free = 100 * GB - (long) (minute / 60.0 * GB));

        TrendReport report = watch.look();
        assertThat(report.exhaustions()).extracting(Exhaustion::of).containsExactly("disk");
        assertForecast(
                Status.WARN,
                "the disk of the data folder is full in 3 days, since it fills by 24.0 GB a day");
    }

    @Test
    void aDiskThatFillsSlowlyOrOnceIsNot() {
        run(60 * 5, minute -> free = 100 * GB - (long) (minute / 60.0 * 0.1 * GB));
        assertForecast(Status.OK, "the disk is not full within 7 days");

        free -= 30 * GB;
        run(60 * 8, minute -> {});
        assertForecast(Status.OK, "the disk is not full within 7 days");
    }

    @Test
    void whatIsNotKnownYetIsNotForetold() {
        run(60, minute -> free = 100 * GB - (long) (minute * GB));

        assertForecast(Status.OK, "memory is judged in 30 min; the disk is judged after 3 hours");
    }

    @Test
    void aLimitOfMemoryIsForetold() {
        run(180, minute -> own(MemoryKind.DIRECT, 200 * MB + leak(30, minute)));

        assertForecast(
                Status.WARN,
                "direct memory of the Java process (frames) reaches its limit in 7 hours,"
                        + " since it grows by 30 MB/h");
    }

    private TrendReport run(int minutes, DoubleConsumer each) {
        TrendReport report = watch.look();
        for (int minute = 0; minute < minutes; minute++) {
            clock.advance(Duration.ofMinutes(1));
            each.accept(minute);
            report = watch.look();
        }
        return report;
    }

    private static long leak(double megabytesAnHour, double minute) {
        return (long) (megabytesAnHour * MB * minute / 60);
    }

    private long noise(int megabytes) {
        return (long) (random.nextGaussian() * megabytes * MB / 2);
    }

    private void own(MemoryKind kind, long bytes) {
        own.put(kind, new Amount(bytes, own.get(kind).limit()));
    }

    private void child(String name, long pid, long bytes) {
        children.removeIf(child -> child.name().equals(name));
        children.add(
                new ChildUsage(
                        name,
                        new FakeProcess(pid),
                        clock.instant(),
                        bytes,
                        Duration.ZERO,
                        0,
                        true));
    }

    private MemorySample sample() {
        long total =
                own.values().stream().mapToLong(Amount::bytes).sum()
                        + children.stream().mapToLong(ChildUsage::memory).sum();
        return new MemorySample(own, children, new Amount(total, 6 * GB));
    }

    private void assertGrowth(Status status, String words) {
        FormattingResultLog log = new FormattingResultLog();
        TrendJudge.growth(watch.look(), settings, log);
        assertResult(new Result(log), status, words);
    }

    private void assertForecast(Status status, String words) {
        FormattingResultLog log = new FormattingResultLog();
        TrendJudge.forecast(watch.look(), settings, log);
        assertResult(new Result(log), status, words);
    }

    private static void assertResult(Result result, Status status, String words) {
        StringBuilder said = new StringBuilder();
        for (ResultLog.Entry entry : result) {
            said.append(entry.getMessage()).append('\n');
        }
        assertThat(result.getStatus()).as("%s", said).isEqualTo(status);
        assertThat(said.toString()).contains(words);
    }
}

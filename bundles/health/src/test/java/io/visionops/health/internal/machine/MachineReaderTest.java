package io.visionops.health.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.time.Ticker;
import io.visionops.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read, from this computer and from made-up ones. */
class MachineReaderTest {

    @TempDir Path folder;
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void thisComputerHasFiguresThatCanBe() {
        MachineReader reader =
                new MachineReader(Optional::empty, Clock.systemUTC(), Ticker.system());

        reader.read(LimitsTest.limits());
        MachineSample sample = reader.read(LimitsTest.limits());

        assertThat(sample.memory()).isBetween(10_000_000L, sample.machineMemory());
        assertThat(sample.children()).isZero();
        assertThat(sample.cpu()).isEmpty();
        assertThat(sample.descriptors()).isBetween(1L, sample.maxDescriptors());
        assertThat(sample.threads()).isPositive();
        assertThat(sample.deadlocked()).isEmpty();
        assertThat(sample.maxDirectMemory()).isPositive();
        assertThat(sample.clockStep()).isEmpty();
        MemorySample split = sample.split();
        assertThat(split.total().bytes()).isEqualTo(sample.memory());
        assertThat(split.own())
                .containsOnlyKeys(
                        MemoryKind.HEAP,
                        MemoryKind.DIRECT,
                        MemoryKind.METASPACE,
                        MemoryKind.NATIVE);
        assertThat(split.own().values())
                .allSatisfy(one -> assertThat(one.bytes()).isBetween(0L, sample.memory()));
        assertThat(split.own().get(MemoryKind.METASPACE).bytes()).isPositive();
    }

    @Test
    void ofTheHeapWhatIsLeftByAWholeCollectionCounts() {
        MemoryReader reader = new MemoryReader(0);
        System.gc();

        MemorySample sample = reader.read(1L << 40, List.of(), 0);

        assertThat(sample.own().get(MemoryKind.HEAP).bytes()).isPositive();
        assertThat(sample.own().get(MemoryKind.NATIVE).bytes()).isLessThan(1L << 40);
    }

    @Test
    void theLastSizeOfDirectMemoryCounts() {
        List<String> arguments =
                List.of("-Xmx1g", "-XX:MaxDirectMemorySize=512m", "-XX:MaxDirectMemorySize=1G");

        assertThat(MachineReader.maxDirectMemory(arguments)).isEqualTo(1L << 30);
        assertThat(MachineReader.maxDirectMemory(List.of()))
                .isEqualTo(Runtime.getRuntime().maxMemory());
    }

    @Test
    void theLoadIsThatOfTheLastMinute() {
        CpuLoad load = new CpuLoad((before, now) -> (now[0] - before[0]) / 100.0);

        for (int i = 0; i < 12; i++) {
            assertThat(load.add(new long[] {i})).isEmpty();
        }

        assertThat(load.add(new long[] {12})).hasValue(12);
        assertThat(load.add(new long[] {40})).hasValue(39);
    }

    @Test
    void aClockThatIsSetIsAStepForTenMinutes() {
        ClockSteps steps = new ClockSteps(clock, clock);
        Duration least = Duration.ofSeconds(2);
        clock.advance(Duration.ofSeconds(5));
        assertThat(steps.look(least)).isEmpty();

        clock.jump(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(5));
        assertThat(steps.look(least)).isEmpty();
        clock.jump(Duration.ofHours(-1));
        assertThat(steps.look(least)).contains(Duration.ofHours(-1));

        clock.advance(Duration.ofMinutes(10));
        assertThat(steps.look(least)).contains(Duration.ofHours(-1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(steps.look(least)).isEmpty();
    }

    @Test
    void aFileStandsInThePlaceOfTheSensor() throws Exception {
        Thermometer thermometer = new Thermometer(() -> 0);
        Path file = Files.writeString(folder.resolve("temp"), "71500\n");

        assertThat(thermometer.read(Optional.of(file))).isEqualTo(OptionalDouble.of(71.5));
        assertThat(thermometer.read(Optional.empty())).isEmpty();
        assertThat(thermometer.read(Optional.of(folder.resolve("none")))).isEmpty();
        assertThat(new Thermometer(() -> Double.NaN).read(Optional.empty())).isEmpty();
        assertThat(new Thermometer(() -> 44).read(Optional.empty())).hasValue(44);
    }

    @Test
    void foldersAreTriedAndLeftAsTheyWere() throws Exception {
        Path good = Files.createDirectory(folder.resolve("good"));
        Path bad = Files.writeString(folder.resolve("bad"), "no folder");
        WriteProbe probe = new WriteProbe(List.of(good, bad, folder.resolve("absent")));

        assertThat(probe.unwritable()).singleElement().asString().contains(bad.toString());
        assertThat(good).isEmptyDirectory();
        assertThat(probe.folders()).isEqualTo(2);
    }

    @Test
    void foldersAreTriedEveryThirtySecondsOnly() throws Exception {
        Path written = Files.createDirectory(folder.resolve("written"));
        DiskReader disk = new DiskReader(folder, new WriteProbe(List.of(written)), clock);
        assertThat(disk.read().unwritable()).isEmpty();
        Files.delete(written);
        Files.writeString(written, "no folder");

        clock.advance(Duration.ofSeconds(29));
        assertThat(disk.read().unwritable()).isEmpty();
        clock.advance(Duration.ofSeconds(1));

        DiskSample sample = disk.read();
        assertThat(sample.unwritable()).hasSize(1);
        assertThat(sample.total()).isGreaterThanOrEqualTo(sample.free()).isPositive();
    }
}

package io.visionops.health.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.health.internal.machine.MachineCheck.Judge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;

class MachineJudgeTest {

    private static final long GB = 1_000_000_000L;

    /** A computer on which all is well, with figures that a test may change. */
    private static final class Machine {
        long memory = GB;
        long machineMemory = 16 * GB;
        OptionalDouble cpu = OptionalDouble.of(20);
        long descriptors = 100;
        List<String> deadlocked = List.of();
        int threads = 10;
        long directMemory = 1 << 20;
        OptionalDouble temperature = OptionalDouble.of(40);
        Optional<Duration> step = Optional.empty();

        MachineSample sample() {
            return new MachineSample(
                    memory,
                    memory / 2,
                    new MemorySample(Map.of(), List.of(), new MemorySample.Amount(memory, 0)),
                    machineMemory,
                    cpu,
                    descriptors,
                    1000,
                    threads,
                    deadlocked,
                    directMemory,
                    100 << 20,
                    temperature,
                    step);
        }
    }

    private final Machine machine = new Machine();

    private void assertThatIt(Judge<MachineSample> judge, Status status, String words) {
        assertThatIt(judge, machine.sample(), status, words);
    }

    private static <T> void assertThatIt(Judge<T> judge, T sample, Status status, String words) {
        FormattingResultLog log = new FormattingResultLog();
        judge.judge(sample, LimitsTest.limits(), log);
        Result result = new Result(log);
        String said =
                StreamSupport.stream(result.spliterator(), false)
                        .map(ResultLog.Entry::getMessage)
                        .collect(Collectors.joining("\n"));
        assertThat(said).contains(words);
        assertThat(result.getStatus()).as(said).isEqualTo(status);
    }

    @Test
    void memoryIsMeasuredAgainstTheLimitAndTheComputer() {
        assertThatIt(MachineJudge::memory, Status.OK, "1.0 GB of 6.0 GB");
        machine.memory = 3 * GB;
        assertThatIt(MachineJudge::memory, Status.WARN, "1.5 GB of them by children");
        machine.machineMemory = 2 * GB;
        assertThatIt(MachineJudge::memory, Status.CRITICAL, "of 2.0 GB");
    }

    @Test
    void theLoadIsThatOfAllProcessors() {
        assertThatIt(MachineJudge::cpu, Status.OK, "20 %");
        machine.cpu = OptionalDouble.of(95);
        assertThatIt(MachineJudge::cpu, Status.CRITICAL, "95 %");
        machine.cpu = OptionalDouble.empty();
        assertThatIt(MachineJudge::cpu, Status.OK, "not known yet");
    }

    @Test
    void heatIsCriticalAndNoSensorIsWell() {
        machine.temperature = OptionalDouble.of(91.5);
        assertThatIt(MachineJudge::temperature, Status.CRITICAL, "91.5 degrees");
        machine.temperature = OptionalDouble.empty();
        assertThatIt(MachineJudge::temperature, Status.OK, "no sensor");
    }

    @Test
    void descriptorsAndDirectMemoryAreSharesOfWhatIsAllowed() {
        machine.descriptors = 950;
        assertThatIt(MachineJudge::descriptors, Status.CRITICAL, "950 of 1000");
        machine.directMemory = 60 << 20;
        assertThatIt(MachineJudge::directMemory, Status.WARN, "60 MB of 100 MB");
    }

    @Test
    void threadsThatWaitForEachOtherAreCritical() {
        assertThatIt(MachineJudge::threads, Status.OK, "10 threads");
        machine.deadlocked = List.of("visionops-a", "visionops-b");
        assertThatIt(MachineJudge::threads, Status.CRITICAL, "for ever: visionops-a, visionops-b");
    }

    @Test
    void aStepOfTheClockIsToldWithItsDirection() {
        assertThatIt(MachineJudge::clock, Status.OK, "evenly");
        machine.step = Optional.of(Duration.ofSeconds(-70));
        assertThatIt(MachineJudge::clock, Status.WARN, "set back by 70 s");
    }

    @Test
    void theDiskIsFullByItsShareOrByWhatIsLeft() {
        assertThatIt(MachineJudge::disk, disk(60 * GB, 100 * GB), Status.OK, "60.0 GB are free");
        assertThatIt(MachineJudge::disk, disk(9 * GB, 15 * GB), Status.WARN, "40 % are used");
        assertThatIt(MachineJudge::disk, disk(50 * GB, 1000 * GB), Status.CRITICAL, "95 %");
        assertThatIt(MachineJudge::disk, disk(GB / 4, GB / 2), Status.CRITICAL, "0.3 GB");
    }

    private static DiskSample disk(long free, long total) {
        return new DiskSample(free, total, List.of(), 5);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() {
        assertThatIt(MachineJudge::write, disk(1, 2), Status.OK, "5 folders");
        assertThatIt(
                MachineJudge::write,
                new DiskSample(1, 2, List.of("folder etc cannot be written: read-only"), 5),
                Status.CRITICAL,
                "folder etc");
    }
}

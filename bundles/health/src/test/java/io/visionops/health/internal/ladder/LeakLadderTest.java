package io.visionops.health.internal.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.subject.Subject;
import io.visionops.health.internal.trend.LeakingProgram;
import io.visionops.health.internal.trend.TrendComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A component leaks: from the memory that is measured to what is made anew because of it. */
@Tag("slow")
class LeakLadderTest {

    private static final Duration LONG = Duration.ofHours(8);
    private static final Subject DETECTOR = new Subject("detector", "yolox_nano");
    private static final Subject PROGRAM = new Subject("program", "visionops");

    private final LeakingProgram program = new LeakingProgram();
    private final Ladder ladder =
            new Ladder(
                    LadderTable.RULES,
                    LeakLadderTest::targets,
                    program::isRecycledBy,
                    new RepairBudget(Map.of()));
    private final List<String> made = new ArrayList<>();
    private final List<Duration> times = new ArrayList<>();

    @Test
    void theComponentThenItsBundleThenTheProcessIsMadeAnewWhileItGoesOnLeaking() {
        runUntilHealedBy("health.restart-program");

        assertThat(made)
                .containsExactly(
                        "inference.replace-detector detector/yolox_nano",
                        "health.restart-part part/inference",
                        "health.restart-program program/visionops",
                        "healed");
    }

    @Test
    void eachStepIsGivenTheTimeInWhichItsEffectIsMeasured() {
        runUntilHealedBy("health.restart-program");

        assertThat(times.get(0)).isBetween(Duration.ofMinutes(85), Duration.ofMinutes(95));
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i).minus(times.get(i - 1)))
                    .as(made.get(i))
                    .isBetween(TrendComponent.OBSERVATION, Duration.ofMinutes(100));
        }
    }

    @Test
    void aLeakThatEndsWithItsComponentReachesNothingAboveIt() {
        runUntilHealedBy("inference.replace-detector");

        assertThat(made)
                .containsExactly("inference.replace-detector detector/yolox_nano", "healed");
    }

    @Test
    void aLeakThatEndsWithItsBundleDoesNotReachTheProcess() {
        runUntilHealedBy("health.restart-part");

        assertThat(made)
                .containsExactly(
                        "inference.replace-detector detector/yolox_nano",
                        "health.restart-part part/inference",
                        "healed");
    }

    private void runUntilHealedBy(String cure) {
        while (program.now().compareTo(LONG) < 0) {
            program.goOn();
            for (Move move : ladder.next(report(program.check()), program.now())) {
                times.add(program.now());
                if (move instanceof Move.Act act) {
                    made.add(act.action() + " " + join(act.targets()));
                    program.recycled(act.action().equals(cure));
                    ladder.acted(act, true, program.now());
                } else {
                    made.add(move instanceof Move.Healed ? "healed" : "given up");
                }
            }
        }
    }

    private static String join(List<Subject> targets) {
        return targets.stream().map(Subject::toString).collect(Collectors.joining(", "));
    }

    private static HealthReport report(Result result) {
        HealthStatus status = HealthStatus.valueOf(result.getStatus().name());
        String cause =
                StreamSupport.stream(result.spliterator(), false)
                        .map(ResultLog.Entry::getMessage)
                        .collect(Collectors.joining("; "));
        HealthNode node =
                new HealthNode(
                        TrendComponent.GROWTH_CHECK,
                        "health",
                        status,
                        cause,
                        Instant.EPOCH,
                        "",
                        List.of());
        return new HealthReport(status, Instant.EPOCH, 1, status, status, List.of(node));
    }

    private static List<Subject> targets(String action) {
        return switch (action) {
            case "ingest.replace-decoder" -> List.of(Subject.camera("gate"));
            case "inference.replace-detector" -> List.of(DETECTOR);
            case "health.restart-part" ->
                    List.of(Subject.part("ingest"), Subject.part("inference"));
            case "health.restart-program" -> List.of(PROGRAM);
            default -> List.of();
        };
    }
}

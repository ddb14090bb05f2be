package io.visionops.health.internal.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.subject.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LadderTest {

    private static final String FRAMES = "visionops.ingest.frames";
    private static final Subject PROGRAM = new Subject("program", "visionops");
    private static final String PAGES = "visionops.console.pages";
    private static final String GROWTH = "visionops.health.memory-growth";

    /** What there is to be asked for. */
    private final Set<String> offered =
            new HashSet<>(
                    Set.of("ingest.reconnect", "health.restart-part", "health.restart-program"));

    private final Set<Subject> growing = new HashSet<>();
    private final RepairBudget budget = new RepairBudget(Map.of());
    private final Ladder ladder =
            new Ladder(LadderTable.RULES, this::targets, growing::contains, budget);
    private Duration now = Duration.ofHours(9);

    @Test
    void whatIsOverByItselfIsLeftAlone() {
        assertThat(critical(FRAMES, "camera gate had no frame")).isEmpty();
        pass(15);
        assertThat(well(FRAMES)).isEmpty();
        pass(30);
        assertThat(critical(FRAMES, "camera gate had no frame")).isEmpty();
    }

    @Test
    void theSmallestRepairComesFirstAndIsOfWhatTheCheckNames() {
        critical(FRAMES, "camera gate had no frame for 90 s");
        pass(20);

        assertThat(critical(FRAMES, "camera gate had no frame for 110 s"))
                .containsExactly(
                        new Move.Act(
                                FRAMES,
                                1,
                                "ingest.reconnect",
                                List.of(Subject.camera("gate")),
                                "camera gate had no frame for 110 s"));
    }

    @Test
    void aRungThatDidNotHelpIsNotRepeatedAndAPersonIsCalledOnceAtTheTop() {
        List<String> made = madeWithin(Duration.ofMinutes(50));

        assertThat(made)
                .containsExactly(
                        "ingest.reconnect",
                        "health.restart-part",
                        "health.restart-program",
                        "person");
    }

    @Test
    void whatAPersonHasNotMendedIsTriedAgainHoursLaterAndNobodyIsCalledASecondTime() {
        List<String> made = madeWithin(Ladder.AGAIN.multipliedBy(2));

        assertThat(made)
                .containsExactly(
                        "ingest.reconnect",
                        "health.restart-part",
                        "health.restart-program",
                        "person",
                        "ingest.reconnect",
                        "health.restart-part",
                        "health.restart-program");
    }

    @Test
    void aRepairHasTimeToShowWhetherItHelped() {
        critical(FRAMES, "gate");
        pass(20);
        Move.Act act = (Move.Act) critical(FRAMES, "gate").get(0);
        pass(30);
        ladder.acted(act, true, now);

        pass(70);
        assertThat(critical(FRAMES, "gate")).isEmpty();
        pass(5);
        assertThat(critical(FRAMES, "gate")).hasSize(1);
    }

    @Test
    void thatItIsWellAgainIsToldWithTheLastRepair() {
        critical(FRAMES, "gate");
        pass(20);
        critical(FRAMES, "gate");
        pass(10);

        assertThat(well(FRAMES))
                .containsExactly(
                        new Move.Healed(FRAMES, "ingest.reconnect", Duration.ofSeconds(30)));
        assertThat(well(FRAMES)).isEmpty();
    }

    @Test
    void aFaultThatComesBackAgainAndAgainUsesUpTheBudgetOfItsRungs() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            critical(FRAMES, "gate");
            pass(20);
            critical(FRAMES, "gate").forEach(move -> made.add(((Move.Act) move).action()));
            well(FRAMES);
            if (made.size() > 8) {
                break;
            }
        }

        assertThat(made.subList(0, 6)).containsOnly("ingest.reconnect");
        assertThat(made.subList(6, 8)).containsOnly("health.restart-part");
        assertThat(made.get(8)).isEqualTo("health.restart-program");
    }

    @Test
    void anHourLaterTheBudgetIsThereAgain() {
        for (int i = 0; i < 6; i++) {
            critical(FRAMES, "gate");
            pass(20);
            critical(FRAMES, "gate");
            well(FRAMES);
        }
        now = now.plusHours(1);

        critical(FRAMES, "gate");
        pass(20);

        assertThat(((Move.Act) critical(FRAMES, "gate").get(0)).action())
                .isEqualTo("ingest.reconnect");
    }

    /** Else a fault that no restart cures would have the program started again all day long. */
    @Test
    void theProgramIsStartedAgainForOneFaultFourTimesADayHoweverOftenItBeginsAnew(
            @TempDir Path folder) {
        int restarts = 0;
        for (Duration day = now.plusDays(1); now.compareTo(day) < 0; pass(20)) {
            RepairFile file = new RepairFile(folder, "this boot");
            RepairBudget left = new RepairBudget(file.read(now));
            Ladder anew = new Ladder(LadderTable.RULES, this::targets, growing::contains, left);
            HealthReport sick = report(PAGES, HealthStatus.CRITICAL, "answers 404");
            boolean restarted = false;
            for (int round = 0; round < 30 && !restarted; round++) {
                for (Move move : anew.next(sick, now)) {
                    restarted |=
                            move instanceof Move.Act act
                                    && act.action().equals("health.restart-program");
                }
                pass(20);
            }
            file.write(left.made());
            restarts += restarted ? 1 : 0;
        }

        assertThat(restarts).isEqualTo(4);
        assertThat(new RepairFile(folder, "the next boot").read(now)).isEmpty();
        assertThat(new RepairFile(folder, "this boot").read(now.minusDays(2)).values())
                .allMatch(List::isEmpty);
    }

    @Test
    void whatWasKeptOfRepairsAndCannotBeUnderstoodIsPassedOver(@TempDir Path folder)
            throws IOException {
        for (String text :
                List.of(
                        "",
                        "{}",
                        "[",
                        "{\"version\":1,\"boot\":\"b\",\"nanos\":{\"a b\":[\"x\"]}}")) {
            Files.writeString(folder.resolve("repairs.json"), text);

            assertThat(new RepairFile(folder, "b").read(now)).isEmpty();
        }
    }

    @Test
    void rowsThatWereLostAreBroughtBackFromABackupOnceAnHour() {
        offered.add("backup.restore-database");
        for (int i = 0; i < 2; i++) {
            critical("visionops.store.integrity", "rows were lost");
            pass(20);
            List<Move> moves = critical("visionops.store.integrity", "rows were lost");
            assertThat(moves)
                    .extracting(move -> move instanceof Move.Act act ? act.action() : "none")
                    .isEqualTo(i == 0 ? List.of("backup.restore-database") : List.of());
            well("visionops.store.integrity");
            pass(60);
        }
    }

    @Test
    void aPartThatIsAwayIsStartedAndNothingBeyondThat() {
        critical("visionops.inference.bundle", "the part inference is away");
        pass(20);
        Move.Act act = (Move.Act) critical("visionops.inference.bundle", "the part is away").get(0);
        pass(75);

        assertThat(act.targets()).containsExactly(Subject.part("inference"));
        assertThat(critical("visionops.inference.bundle", "the part is away"))
                .containsExactly(
                        new Move.GiveUp("visionops.inference.bundle", 1, "the part is away"));
    }

    @Test
    void aPartThatSomebodyHasStoppedIsNobodysToRepair() {
        critical("visionops.console.bundle", "the part console is away");
        pass(600);

        assertThat(critical("visionops.console.bundle", "the part console is away")).isEmpty();
    }

    @Test
    void whatOneCannotRepairHasNoLadder() {
        critical("visionops.ingest.cameras", "5 cameras are offline");
        pass(600);

        assertThat(critical("visionops.ingest.cameras", "5 cameras are offline")).isEmpty();
    }

    @Test
    void aRungThatIsNotOfferedIsPassedOver() {
        offered.remove("ingest.reconnect");
        critical(FRAMES, "gate");
        pass(20);

        assertThat(((Move.Act) critical(FRAMES, "gate").get(0)).action())
                .isEqualTo("health.restart-part");
    }

    @Test
    void whatGrowsIsRecycledFirstAndTheProgramOnlyWhenItGrowsAgain() {
        offered.add("ingest.replace-decoder");
        growing.add(Subject.camera("gate"));
        growing.add(PROGRAM);
        critical(GROWTH, "ffmpeg of camera gate grows by 62 MB/h");
        pass(20);

        Move.Act first = (Move.Act) critical(GROWTH, "ffmpeg of camera gate grows").get(0);
        assertThat(first.action()).isEqualTo("ingest.replace-decoder");
        assertThat(first.targets()).containsExactly(Subject.camera("gate"));

        // It knows nothing of the new decoder before it has watched it for an hour.
        pass(60);
        assertThat(well(GROWTH)).isEmpty();
        pass(90 * 60);
        assertThat(critical(GROWTH, "ffmpeg of camera gate grows")).isEmpty();
        pass(5 * 60);
        assertThat(((Move.Act) critical(GROWTH, "ffmpeg of camera gate grows").get(0)).action())
                .isEqualTo("health.restart-program");
    }

    @Test
    void thatARecycledOneGrowsNoMoreIsToldWhenThatIsKnown() {
        offered.add("ingest.replace-decoder");
        growing.add(Subject.camera("gate"));
        critical(GROWTH, "gate");
        pass(20);
        critical(GROWTH, "gate");

        pass(94 * 60);
        assertThat(well(GROWTH)).isEmpty();
        pass(60);
        assertThat(well(GROWTH))
                .containsExactly(
                        new Move.Healed(
                                GROWTH,
                                "ingest.replace-decoder",
                                Duration.ofMinutes(95).plusSeconds(20)));
    }

    @Test
    void anotherOneThatGrowsMeanwhileIsRecycledBeforeTheProgram() {
        offered.add("ingest.replace-decoder");
        growing.add(Subject.camera("gate"));
        critical(GROWTH, "gate");
        pass(20);
        critical(GROWTH, "gate");
        growing.add(Subject.camera("gate-2"));
        pass(95 * 60);

        Move.Act second = (Move.Act) critical(GROWTH, "gate-2").get(0);
        assertThat(second.action()).isEqualTo("ingest.replace-decoder");
        assertThat(second.targets()).containsExactly(Subject.camera("gate-2"));
    }

    @Test
    void thePartThatGrowsIsRestartedAndNoOther() {
        growing.add(Subject.part("ingest"));
        critical(GROWTH, "the direct buffers of the Java process (frames) grow");
        pass(20);

        Move.Act act = (Move.Act) critical(GROWTH, "the direct buffers").get(0);
        assertThat(act.action()).isEqualTo("health.restart-part");
        assertThat(act.targets()).containsExactly(Subject.part("ingest"));
    }

    @Test
    void ofAHeapThatGrowsNobodyKnowsWhoseItIsAndTheProgramIsRestarted() {
        offered.add("ingest.replace-decoder");
        growing.add(PROGRAM);
        critical(GROWTH, "the heap of the Java process grows by 60 MB/h");
        pass(20);

        assertThat(((Move.Act) critical(GROWTH, "the heap").get(0)).action())
                .isEqualTo("health.restart-program");
    }

    @Test
    void theNextOneDoesNotWaitForARepairThatFailed() {
        offered.add("ingest.replace-decoder");
        growing.addAll(List.of(Subject.camera("gate"), PROGRAM));
        critical(GROWTH, "gate");
        pass(20);
        ladder.acted((Move.Act) critical(GROWTH, "gate").get(0), false, now);
        pass(75);

        assertThat(((Move.Act) critical(GROWTH, "gate").get(0)).action())
                .isEqualTo("health.restart-program");
    }

    @Test
    void aTrendThatIsNotTakenIsNoReasonToRestartTheProgram() {
        critical(GROWTH, "health has not told for 16 s how it does");
        pass(60);

        assertThat(critical(GROWTH, "health has not told for 76 s how it does")).isEmpty();
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    /** What is done while a camera goes on having no frame. */
    private List<String> madeWithin(Duration time) {
        List<String> made = new ArrayList<>();
        for (Duration end = now.plus(time); now.compareTo(end) < 0; pass(30)) {
            for (Move move : critical(FRAMES, "camera gate had no frame")) {
                made.add(move instanceof Move.Act act ? act.action() : "person");
            }
        }
        return made;
    }

    private List<Move> critical(String check, String cause) {
        return ladder.next(report(check, HealthStatus.CRITICAL, cause), now);
    }

    private List<Move> well(String check) {
        return ladder.next(report(check, HealthStatus.OK, ""), now);
    }

    private static HealthReport report(String check, HealthStatus status, String cause) {
        HealthNode node =
                new HealthNode(check, "part", status, cause, Instant.EPOCH, "", List.of());
        return new HealthReport(status, Instant.EPOCH, 1, status, status, List.of(node));
    }

    private List<Subject> targets(String action) {
        if (!offered.contains(action)) {
            return List.of();
        }
        return switch (action) {
            case "ingest.reconnect", "ingest.replace-decoder" ->
                    List.of(Subject.camera("gate"), Subject.camera("gate-2"));
            case "health.restart-part" ->
                    List.of(Subject.part("ingest"), Subject.part("inference"));
            case "health.restart-program" -> List.of(PROGRAM);
            case "backup.restore-database" -> List.of(Subject.part("store"));
            default -> List.of();
        };
    }
}

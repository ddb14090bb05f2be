package io.visionops.health.internal.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LadderTest {

    private static final String FRAMES = "visionops.ingest.frames";

    /** What there is to be asked for. */
    private final Set<String> offered =
            new HashSet<>(
                    Set.of("ingest.reconnect", "health.restart-part", "health.restart-program"));

    private final Ladder ladder = new Ladder(LadderTable.RULES, this::targets);
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
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            for (Move move : critical(FRAMES, "camera gate had no frame")) {
                made.add(move instanceof Move.Act act ? act.action() : "person");
            }
            pass(30);
        }

        assertThat(made)
                .containsExactly(
                        "ingest.reconnect",
                        "health.restart-part",
                        "health.restart-program",
                        "person");
    }

    @Test
    void aRepairHasTimeToShowWhetherItHelped() {
        critical(FRAMES, "gate");
        pass(20);
        Move.Act act = (Move.Act) critical(FRAMES, "gate").get(0);
        pass(30);
        ladder.acted(act, now);

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

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
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
            case "ingest.reconnect" -> List.of(Subject.camera("gate"), Subject.camera("gate-2"));
            case "health.restart-part" ->
                    List.of(Subject.part("ingest"), Subject.part("inference"));
            case "health.restart-program" -> List.of(new Subject("program", "visionops"));
            default -> List.of();
        };
    }
}

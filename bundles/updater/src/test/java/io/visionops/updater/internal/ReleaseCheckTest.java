package io.visionops.updater.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdateResult;
import io.visionops.api.update.UpdateStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.Test;

class ReleaseCheckTest {

    private static final UpdateStatus STATUS =
            new UpdateStatus(
                    2,
                    "1.0.1",
                    UpdateStatus.Stage.IDLE,
                    0,
                    "",
                    0,
                    0,
                    Instant.EPOCH,
                    List.of(0L),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    private static UpdateResult result(String outcome, String detail) {
        return new UpdateResult(
                Instant.EPOCH,
                1,
                2,
                "1.0.1",
                1,
                outcome,
                detail,
                Duration.ZERO,
                Optional.empty(),
                Actor.part("updater"));
    }

    @Test
    void isWellAfterAGoodUpdateAndAFewDaysWithoutARepository() {
        Result result =
                ReleaseCheck.judge(
                        STATUS,
                        List.of(result("installed", ""), result("rolled-back", "it was bad")),
                        Optional.of(new UnreadableRepository("no network", Duration.ofDays(3))),
                        Duration.ofMinutes(59));

        assertThat(result.getStatus()).isEqualTo(Status.OK);
        assertThat(result.toString()).contains("release 2 (1.0.1) is installed");
    }

    @Test
    void warnsOfAnUpdateThatWasGoneBackFromAndOfARepositoryThatIsHeldBack() {
        Result undone =
                ReleaseCheck.judge(
                        STATUS,
                        List.of(result("rolled-back", "it was bad")),
                        Optional.empty(),
                        Duration.ZERO);

        assertThat(undone.getStatus()).isEqualTo(Status.WARN);
        assertThat(undone.toString()).contains("rolled-back: it was bad");
        assertThat(
                        ReleaseCheck.judge(
                                        STATUS,
                                        List.of(),
                                        Optional.of(
                                                new UnreadableRepository(
                                                        "expired", Duration.ofDays(4))),
                                        Duration.ZERO)
                                .toString())
                .contains("cannot be read since 4 days: expired");
    }

    /** Whoever sets a clock back could have old releases taken for fresh ones. */
    @Test
    void warnsOfAClockThatIsBehindWhatIsKnownToHaveBeen() {
        Result result =
                ReleaseCheck.judge(STATUS, List.of(), Optional.empty(), Duration.ofHours(30));

        assertThat(result.getStatus()).isEqualTo(Status.WARN);
        assertThat(result.toString()).contains("the clock is 30 h behind");
    }
}

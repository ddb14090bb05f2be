package io.visionops.launcher.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressJudgeTest {

    private final ProgressJudge judge =
            new ProgressJudge(Duration.ofSeconds(15), Duration.ofSeconds(120));

    private long now;

    @BeforeEach
    void begin() {
        judge.begin(now);
    }

    @Test
    void aStartHasTimeUntilItsFirstHeartbeat() {
        assertThat(silentFor(119)).isEmpty();
        assertThat(silentFor(2)).contains("did not come up within 120 s");
    }

    @Test
    void whoTellsAndGetsOnIsLeftAlone() {
        for (int i = 0; i < 100; i++) {
            assertThat(pass(3, "beat journal=" + i + "/15")).isEmpty();
        }
    }

    @Test
    void silenceIsAHang() {
        pass(1, "beat journal=1/15");

        assertThat(silentFor(15)).isEmpty();
        assertThat(silentFor(1)).contains("no heartbeat for 16 s");
    }

    @Test
    void aCounterThatStandsStillIsAHangThoughHeartbeatsCome() {
        Optional<String> verdict = Optional.empty();
        for (int i = 0; i < 6 && verdict.isEmpty(); i++) {
            verdict = pass(3, "beat frames=" + i + "/45 journal=7/15");
        }

        assertThat(verdict).isEmpty();
        assertThat(pass(3, "beat frames=9/45 journal=7/15"))
                .contains("no progress of journal for 18 s");
    }

    @Test
    void whatIsNotExpectedMayStandStillAndHasItsTimeOnceItIs() {
        for (int i = 0; i < 20; i++) {
            assertThat(pass(3, "beat frames=7/0")).isEmpty();
        }

        assertThat(pass(3, "beat frames=7/45")).isEmpty();
        assertThat(pass(2, "beat frames=7/45")).isEmpty();
    }

    @Test
    void aPartThatIsReplacedMayBeAwayAsLongAsItSaid() {
        pass(1, "beat journal=1/15");
        judge.pause(Duration.ofSeconds(60), now);

        assertThat(silentFor(59)).isEmpty();
        assertThat(silentFor(17)).isPresent();
    }

    @Test
    void whoWasHeldUpItselfGivesTheTimeBack() {
        pass(1, "beat journal=1/15");

        now += Duration.ofMinutes(10).toNanos();

        assertThat(judge.verdict(now)).isEmpty();
        assertThat(silentFor(14)).isEmpty();
        assertThat(silentFor(3)).isPresent();
    }

    @Test
    void anotherJavaMachineBeginsAnew() {
        pass(1, "beat journal=1/15");
        silentFor(14);

        judge.begin(now);

        assertThat(judge.isHeard()).isFalse();
        assertThat(silentFor(100)).isEmpty();
    }

    @Test
    void whatIsNoHeartbeatIsNone() {
        for (String line :
                new String[] {
                    "",
                    "beatx",
                    "beat a",
                    "beat a=b/1",
                    "beat A=1/1",
                    "beat a=1",
                    "ok",
                    "beat a=-1/1"
                }) {
            assertThat(Heartbeat.parse(line)).as(line).isEmpty();
        }
    }

    private Optional<String> silentFor(int seconds) {
        Optional<String> verdict = Optional.empty();
        for (int i = 0; i < seconds; i++) {
            now += Duration.ofSeconds(1).toNanos();
            verdict = judge.verdict(now);
        }
        return verdict;
    }

    private Optional<String> pass(int seconds, String line) {
        Optional<String> verdict = silentFor(seconds);
        judge.beat(Heartbeat.parse(line).orElseThrow(), now);
        return verdict.or(() -> judge.verdict(now));
    }
}

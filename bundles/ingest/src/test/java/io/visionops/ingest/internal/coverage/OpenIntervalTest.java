package io.visionops.ingest.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.api.query.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenIntervalTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:30Z");

    private final List<Fact> told = new ArrayList<>();
    private final OpenInterval interval = new OpenInterval("front", told::add);

    @BeforeEach
    void start() {
        interval.start(T);
    }

    @Test
    void itIsBlindUntilSomethingElseIsSaid() {
        assertThat(interval.is(Sight.BLIND, Coverage.CONNECTING)).isTrue();

        interval.tell(T.plusSeconds(2));

        assertThat(told)
                .containsExactly(
                        Fact.Account.blind("front", Coverage.CONNECTING, T, Duration.ofSeconds(2)));
    }

    @Test
    void oneIsToldAfterTheOtherWithoutAGap() {
        interval.tell(T.plusSeconds(2));
        interval.tell(T.plusSeconds(2));
        interval.tell(T.plusSeconds(5));

        assertThat(interval.from()).isEqualTo(T.plusSeconds(5));
        assertThat(told)
                .extracting(one -> ((Fact.Account) one).from())
                .containsExactly(T, T.plusSeconds(2));
    }

    @Test
    void itIsWatchedWhenAllOfItWasSeenAndLateOtherwise() {
        interval.use(Sight.WATCHED, "");
        interval.see(T, T.plusSeconds(2));
        interval.tell(T.plusSeconds(2));
        interval.see(T.plusSeconds(2), T.plusSeconds(3));
        interval.see(T.plusSeconds(4), T.plusSeconds(3));
        interval.tell(T.plusSeconds(4));

        assertThat(told)
                .containsExactly(
                        Fact.Account.watched("front", T, Duration.ofSeconds(2)),
                        new Fact.Account(
                                "front",
                                Sight.DEGRADED,
                                Coverage.LATE,
                                T.plusSeconds(2),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(1)));
    }

    @Test
    void whatIsFoundLaterIsToldOfTheTimeBeforeItAlone() {
        interval.correct(Sight.BLIND, "frozen", T.plusSeconds(1));
        interval.correct(Sight.BLIND, "frozen", T);
        assertThat(told).isEmpty();

        interval.correct(Sight.BLIND, "frozen", T.minusSeconds(3));

        assertThat(told)
                .containsExactly(
                        Fact.Account.blind(
                                "front", "frozen", T.minusSeconds(3), Duration.ofSeconds(3)));
        assertThat(interval.from()).isEqualTo(T);
    }

    @Test
    void itEndsAtTheFullMinuteAndAfterTenSeconds() {
        assertThat(interval.nextMinute()).isEqualTo(T.plusSeconds(30));
        assertThat(interval.isFull(T.plusMillis(9_999))).isFalse();
        assertThat(interval.isFull(T.plusSeconds(10))).isTrue();

        interval.start(T.plusSeconds(30));
        assertThat(interval.nextMinute()).isEqualTo(T.plusSeconds(90));
    }
}

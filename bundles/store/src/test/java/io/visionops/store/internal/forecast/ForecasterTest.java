package io.visionops.store.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.store.internal.forecast.Histories.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecasterTest {

    /** The thresholds were chosen with others: from 10,000 on. */
    private static final int FIRST_SEED = Integer.getInteger("forecast.seed", 1);

    private static final int EACH = Integer.getInteger("forecast.histories", 20);

    @Test
    void littleKnownIsNoForecast() {
        List<Hour> hours = new ArrayList<>(Collections.nCopies(100, Hour.UNKNOWN));
        hours.addAll(Collections.nCopies(167, new Hour(true, 20, 60)));

        assertThat(Forecaster.judge(hours))
                .isEqualTo(
                        new Forecaster.Verdict(false, "no forecast: 167 of 168 hours are known"));
    }

    @Test
    void aCameraWithoutAnOutageDoesNotDecline() {
        assertThat(Forecaster.judge(Collections.nCopies(336, new Hour(true, 0, 0))))
                .isEqualTo(
                        new Forecaster.Verdict(
                                false,
                                "no decline: 0.0 outages and 0.0 stalled minutes an hour in the"
                                        + " last day"));
    }

    @Test
    void outagesThatDoubleAgainAndAgainAreNamedWithTheirNumbers() {
        List<Hour> hours = new ArrayList<>(Collections.nCopies(300, new Hour(true, 0, 0)));
        for (int i = 0; i < 36; i++) {
            hours.add(new Hour(true, (int) Math.pow(2, i / 9.0), 0));
        }

        Forecaster.Verdict verdict = Forecaster.judge(hours);

        assertThat(verdict.likely()).isTrue();
        assertThat(verdict.reason())
                .matches(
                        "outages grow: \\d+\\.\\d an hour over the last two weeks, \\d+\\.\\d now,"
                                + " 15 and more expected within a day");
    }

    @Test
    void aLineIsNotTurnedByFewValues() {
        assertThat(Trend.of(new double[] {0, 1, 2, 90, 4, 5, 6})).isEqualTo(new Trend(1, 6));
        assertThat(Trend.of(new double[] {3, 3, 3})).isEqualTo(new Trend(0, 3));
    }

    /** What is claimed in docs/camera-report.md; printed by -Dforecast.histories=200. */
    @Test
    void theHitRateIsAsStated() {
        int claims = 0;
        int right = 0;
        int foreseeable = 0;
        int foreseen = 0;
        int wellDays = 0;
        int falseAlarms = 0;
        StringBuilder table = new StringBuilder();
        for (Kind kind : Kind.values()) {
            List<Replay> replays =
                    IntStream.range(FIRST_SEED, FIRST_SEED + EACH)
                            .mapToObj(seed -> Replay.of(kind.make(seed), kind.fails()))
                            .toList();
            int ofKind = replays.stream().mapToInt(Replay::claims).sum();
            int rightOfKind = replays.stream().mapToInt(Replay::right).sum();
            int warned = (int) replays.stream().filter(one -> one.warned() > 1).count();
            List<Integer> leads =
                    replays.stream().map(Replay::warned).filter(lead -> lead > 1).sorted().toList();
            int alarms = replays.stream().mapToInt(Replay::alarms).sum();
            claims += ofKind;
            right += rightOfKind;
            if (kind.fails() && kind != Kind.SUDDEN) {
                foreseeable += replays.size();
                foreseen += warned;
            }
            if (!kind.fails()) {
                falseAlarms += alarms;
                wellDays += replays.size() * 16;
            }
            table.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %d | %d | %s | %d | %d | %d |%n",
                            kind.words(),
                            EACH,
                            warned,
                            leads.isEmpty() ? "-" : leads.get(leads.size() / 2) + " h",
                            alarms,
                            ofKind,
                            rightOfKind));
        }
        double precision = (double) right / claims;
        double recall = (double) foreseen / foreseeable;
        System.out.printf(
                Locale.ROOT,
                "%sprecision of hourly claims %.3f, recall of gradual failures %.3f,"
                        + " false alarms in %d camera days %d%n",
                table,
                precision,
                recall,
                wellDays,
                falseAlarms);

        assertThat(precision).isGreaterThan(0.8);
        assertThat(recall).isGreaterThan(0.8);
    }
}

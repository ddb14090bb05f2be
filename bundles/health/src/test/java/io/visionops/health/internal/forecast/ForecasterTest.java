package io.visionops.health.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.health.internal.forecast.Histories.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ForecasterTest {

    /** The thresholds were chosen with others: from 10,000 on. */
    private static final int FIRST_SEED = Integer.getInteger("forecast.seed", 1);

    private static final int EACH = Integer.getInteger("forecast.histories", 20);

    private static Hour hour(int outages, double stalled) {
        return new Hour(true, outages, stalled, Double.NaN, Double.NaN);
    }

    @Test
    void littleKnownIsNoForecast() {
        List<Hour> hours = new ArrayList<>(Collections.nCopies(100, Hour.UNKNOWN));
        hours.addAll(Collections.nCopies(167, hour(20, 60)));

        assertThat(Forecaster.judge(hours))
                .isEqualTo(
                        new Forecaster.Verdict(false, "no forecast: 167 of 168 hours are known"));
    }

    @Test
    void aCameraWithoutAnOutageDoesNotDecline() {
        assertThat(Forecaster.judge(Collections.nCopies(336, hour(0, 0))))
                .isEqualTo(
                        new Forecaster.Verdict(
                                false,
                                "no decline: 0.0 outages and 0.0 stalled minutes an hour in the"
                                        + " last day"));
    }

    @Test
    void outagesThatDoubleAgainAndAgainAreNamedWithTheirNumbers() {
        List<Hour> hours = new ArrayList<>(Collections.nCopies(300, hour(0, 0)));
        for (int i = 0; i < 36; i++) {
            hours.add(hour((int) Math.pow(2, i / 9.0), 0));
        }

        Forecaster.Verdict verdict = Forecaster.judge(hours);

        assertThat(verdict.likely()).isTrue();
        assertThat(verdict.reason())
                .matches(
                        "outages grow: \\d+\\.\\d an hour over the last two weeks, \\d+\\.\\d now;"
                                + " of no use within a day if it goes on so");
    }

    @Test
    void aBitRateThatFallsEachNightIsNoDeclineAndOneThatSinksDayByDayIs() {
        assertThat(Forecaster.judge(nights(1)).likely()).isFalse();

        Forecaster.Verdict verdict = Forecaster.judge(nights(0.985));

        assertThat(verdict.likely()).isTrue();
        assertThat(verdict.reason())
                .matches(
                        "the bit rate falls: \\d+ kbit/s over the last two weeks, \\d+ in the last"
                                + " hours, \\d+ % less than usual; of no use within a day if it"
                                + " goes on so");
    }

    @Test
    void framesThatComeLaterAndLaterAreNamedAndOneBadDayIsNot() {
        assertThat(Forecaster.judge(late(hour -> hour >= 300 ? 15.0 * (hour - 300) : 0)).likely())
                .isFalse();
        assertThat(Forecaster.judge(late(hour -> hour > 240 && hour < 250 ? 2_000 : 0)).likely())
                .isFalse();

        Forecaster.Verdict verdict =
                Forecaster.judge(late(hour -> hour >= 300 ? 35.0 * (hour - 300) : 0));

        assertThat(verdict.likely()).isTrue();
        assertThat(verdict.reason()).startsWith("frames come later and later: by ");
    }

    /** A tenth of the bits at night; the last two days sink by that factor each hour. */
    private static List<Hour> nights(double factor) {
        List<Hour> hours = new ArrayList<>();
        for (int i = 0; i < 336; i++) {
            double sunk = Math.pow(factor, Math.max(0, i - 276));
            double usual = i % 24 < 12 ? 200_000 : 2_000_000;
            hours.add(new Hour(true, 0, 0, 50, usual * sunk));
        }
        return hours;
    }

    private static List<Hour> late(IntToDoubleFunction more) {
        List<Hour> hours = new ArrayList<>();
        for (int i = 0; i < 336; i++) {
            double busy = i % 24 < 12 ? 30 : 150;
            hours.add(new Hour(true, 0, 0, busy + more.applyAsDouble(i), 1_000_000));
        }
        return hours;
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
        int held = 0;
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
            int unbroken = (int) replays.stream().filter(one -> one.unbroken() > 1).count();
            List<Integer> leads =
                    replays.stream().map(Replay::warned).filter(lead -> lead > 1).sorted().toList();
            int alarms = replays.stream().mapToInt(Replay::alarms).sum();
            claims += ofKind;
            right += rightOfKind;
            if (kind.fails() && kind != Kind.SUDDEN) {
                foreseeable += replays.size();
                foreseen += warned;
                held += unbroken;
            }
            if (!kind.fails()) {
                falseAlarms += alarms;
                wellDays += replays.size() * 16;
            }
            table.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %d | %d | %d | %s | %d | %d | %d |%n",
                            kind.words(),
                            EACH,
                            warned,
                            unbroken,
                            leads.isEmpty() ? "-" : leads.get(leads.size() / 2) + " h",
                            alarms,
                            ofKind,
                            rightOfKind));
        }
        double precision = (double) right / claims;
        double recall = (double) foreseen / foreseeable;
        System.out.printf(
                Locale.ROOT,
                "%sprecision of hourly claims %.3f, recall of gradual failures %.3f, of them"
                        + " unbroken to the end %.3f, false alarms in %d camera days %d%n",
                table,
                precision,
                recall,
                (double) held / foreseeable,
                wellDays,
                falseAlarms);

        assertThat(precision).isGreaterThan(0.8);
        assertThat(recall).isGreaterThan(0.8);
    }
}

package io.visionops.health.internal.trend;

import io.visionops.api.health.HealthStatus;
import io.visionops.health.internal.trend.TrendReport.Exhaustion;
import io.visionops.health.internal.trend.TrendReport.Growth;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.felix.hc.api.FormattingResultLog;

/** What a trend means. Reads figures: no I/O and no lock. */
final class TrendJudge {

    private static final double MB = 1e6;
    private static final double GB = 1e9;
    private static final int HOURS = 24;

    private TrendJudge() {}

    static void growth(TrendReport report, TrendSettings settings, FormattingResultLog log) {
        boolean grows = false;
        for (Growth one : report.growths()) {
            HealthStatus status = settings.growth().above(one.bytesAnHour());
            String words =
                    String.format(
                            Locale.ROOT,
                            "%s grows by %.0f MB/h",
                            one.owner().words(),
                            one.bytesAnHour() / MB);
            if (status == HealthStatus.CRITICAL) {
                log.critical("{}", words);
            } else if (status == HealthStatus.WARN) {
                log.warn("{}", words);
            }
            grows |= status != HealthStatus.OK;
        }
        if (!report.untilJudged().isZero()) {
            log.info(
                    "the Java process is judged in {} min, after its start or the swap of a part",
                    minutes(report.untilJudged()));
        } else if (!grows) {
            log.info("nothing grows by {} MB/h or more", Math.round(settings.growth().warn() / MB));
        }
    }

    static void forecast(TrendReport report, TrendSettings settings, FormattingResultLog log) {
        List<Exhaustion> near =
                report.exhaustions().stream().filter(one -> isNear(one, settings)).toList();
        for (Exhaustion one : near) {
            log.warn(
                    "{}",
                    isDisk(one)
                            ? String.format(
                                    Locale.ROOT,
                                    "%s is full in %s, since it fills by %.1f GB a day",
                                    one.words(),
                                    span(one.left()),
                                    one.bytesAnHour() * HOURS / GB)
                            : String.format(
                                    Locale.ROOT,
                                    "%s reaches its limit in %s, since it grows by %.0f MB/h",
                                    one.words(),
                                    span(one.left()),
                                    one.bytesAnHour() / MB));
        }
        if (near.isEmpty()) {
            log.info(
                    "{}; {}",
                    report.untilJudged().isZero()
                            ? "no limit of memory is reached within " + span(settings.memory())
                            : "memory is judged in " + minutes(report.untilJudged()) + " min",
                    report.diskJudged()
                            ? "the disk is not full within " + span(settings.disk())
                            : "the disk is judged after " + span(TrendWatch.DISK_SPANS.shortest()));
        }
    }

    private static boolean isNear(Exhaustion one, TrendSettings settings) {
        return one.left().compareTo(isDisk(one) ? settings.disk() : settings.memory()) < 0;
    }

    private static boolean isDisk(Exhaustion one) {
        return one.of().equals(TrendWatch.DISK);
    }

    private static String span(Duration left) {
        long hours = left.toHours();
        return hours >= 2 * HOURS
                ? hours / HOURS + " days"
                : hours >= 2 ? hours + " hours" : minutes(left) + " minutes";
    }

    private static long minutes(Duration duration) {
        return duration.plusSeconds(59).toMinutes();
    }
}

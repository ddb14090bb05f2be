package io.visionops.store.internal.health;

import io.visionops.store.internal.StoreState;
import io.visionops.store.internal.write.WriterState;
import io.visionops.support.health.SampledResult;
import java.time.Duration;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether entries are written, all of them and soon. Reads the last sample: no I/O, no lock. */
@Component(
        property = {
            "hc.name=visionops.store.write",
            "hc.tags=visionops",
            "hc.tags=store",
            "hc.tags=ready",
            "visionops.remedy=look at the room on the disk, its load and its health"
        })
public final class WriteCheck implements HealthCheck {

    /** A commit takes milliseconds, and 100 ms on a slow disk. */
    static final Duration SLOW_COMMIT = Duration.ofSeconds(1);

    /** Of the room in the queue, in percent. */
    static final int MANY = 50;

    static final int NEARLY_ALL = 90;

    /** Another process that holds the database is waited for up to 15 s. */
    static final Duration LATE = Duration.ofSeconds(20);

    static final Duration VERY_LATE = Duration.ofSeconds(40);

    /** How long a loss is shown. */
    static final Duration RECENT = Duration.ofMinutes(10);

    /** Bytes; it is cut to 64 MiB whenever it is in the file. */
    static final long LARGE_LOG = 64L << 20;

    private final StoreSampler sampler;

    @Activate
    public WriteCheck(@Reference StoreSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Result execute() {
        return SampledResult.of("store", sampler.sampler(), WriteCheck::judge);
    }

    static void judge(StoreSample sample, FormattingResultLog log) {
        if (sample.writer().isEmpty()) {
            log.info("nothing is written while the database is not open: see visionops.store.open");
            return;
        }
        WriterState writer = sample.writer().get();
        writer.trouble()
                .ifPresent(
                        why ->
                                log.critical(
                                        "the database cannot be written: {}. Look at the room on"
                                                + " the disk and at its health",
                                        why));
        judgeLosses(sample, writer, log);
        judgeWaiting(sample, writer, log);
        long logBytes = sample.state().map(StoreState::logBytes).orElse(0L);
        if (logBytes > LARGE_LOG) {
            log.warn(
                    "the write-ahead log has {} MB and is not brought into the file: somebody reads"
                            + " for long. Look for another program that has the database open, or"
                            + " visionops shell maintenance",
                    logBytes >> 20);
        }
        if (writer.commitP95().compareTo(SLOW_COMMIT) > 0) {
            log.warn(
                    "a commit takes {} ms (95 of 100 take less): the disk is slow or busy",
                    writer.commitP95().toMillis());
        } else {
            log.info("a commit takes {} ms (95 of 100)", writer.commitP95().toMillis());
        }
    }

    private static void judgeLosses(
            StoreSample sample, WriterState writer, FormattingResultLog log) {
        boolean recent = sample.sinceLoss().filter(age -> age.compareTo(RECENT) <= 0).isPresent();
        if (recent && writer.rejected() > 0) {
            log.critical(
                    "{} entries were rejected so far, since the queue was full: their parts keep"
                            + " them for a while. The disk is too slow for what happens",
                    writer.rejected());
        }
        if (recent && writer.refused() > 0) {
            log.warn(
                    "{} entries can never be written so far: the log says which", writer.refused());
        }
    }

    private static void judgeWaiting(
            StoreSample sample, WriterState writer, FormattingResultLog log) {
        int percent = writer.queued() * 100 / writer.capacity();
        Duration waiting = sample.waitingFor();
        if (percent >= NEARLY_ALL || waiting.compareTo(VERY_LATE) > 0) {
            log.critical(
                    "{} of at most {} entries wait, and none was written for {} s: the disk does"
                            + " not answer, or another program holds the database",
                    writer.queued(),
                    writer.capacity(),
                    waiting.toSeconds());
        } else if (percent >= MANY || waiting.compareTo(LATE) > 0) {
            log.warn(
                    "{} of at most {} entries wait, and none was written for {} s: look at the load"
                            + " of the disk",
                    writer.queued(),
                    writer.capacity(),
                    waiting.toSeconds());
        } else {
            log.info("{} entries wait", writer.queued());
        }
    }
}

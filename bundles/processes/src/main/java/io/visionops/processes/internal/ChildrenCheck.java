package io.visionops.processes.internal;

import java.time.Duration;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether children can be started and are measured. Reads an age and counts: no I/O. */
@Component(
        property = {
            "hc.name=visionops.processes.children",
            "hc.tags=visionops",
            "hc.tags=processes",
            "hc.tags=ready",
            "visionops.remedy=look at the load of this computer; raise max.children "
                    + "in etc/io.visionops.processes.cfg where too many live"
        })
public final class ChildrenCheck implements HealthCheck {

    /** A round takes milliseconds; this is for a machine that is overloaded. */
    private static final Duration LATENESS = Duration.ofSeconds(30);

    private static final int MISSED_ROUNDS = 3;

    /** Of the children that are allowed, in percent. */
    private static final int MANY = 90;

    private final Children children;

    @Activate
    public ChildrenCheck(@Reference ChildRegistry registry) {
        this(registry.children());
    }

    ChildrenCheck(Children children) {
        this.children = children;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        checkNumber(log);
        checkMeasurement(log);
        log.debug(
                "since the start {} were started, {} ended since no part claimed them",
                children.statistics().startedCount(),
                children.statistics().endedUnclaimedCount());
        return new Result(log);
    }

    private void checkNumber(FormattingResultLog log) {
        int living = children.usage().size();
        int limit = children.settings().maxChildren();
        if (living >= limit) {
            log.critical(
                    "{} children live, as many as max.children allows: a camera that is added or"
                            + " lost gets no decoder. Raise max.children in"
                            + " etc/io.visionops.processes.cfg, or disable cameras",
                    living);
        } else if (living * 100 >= limit * MANY) {
            log.warn(
                    "{} of {} children live: soon no camera can be added. Raise max.children in"
                            + " etc/io.visionops.processes.cfg",
                    living,
                    limit);
        } else {
            log.info("{} of {} children live", living, limit);
        }
    }

    private void checkMeasurement(FormattingResultLog log) {
        Duration age = children.statistics().measurementAge();
        Duration allowed =
                children.settings().sampleInterval().multipliedBy(MISSED_ROUNDS).plus(LATENESS);
        if (age.compareTo(allowed) > 0) {
            log.critical(
                    "memory and CPU of children were not measured for {} s: a decoder that grows is"
                            + " not replaced. Look at the load of this computer and into the log; if"
                            + " it stays, visionops restart",
                    age.toSeconds());
        } else {
            log.info("memory and CPU were measured {} s ago", age.toSeconds());
        }
    }
}

package io.visionops.backup.internal.health;

import io.visionops.backup.internal.LogComponent;
import java.util.Optional;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether there is space to log everything. Reads the last look: no I/O and no lock. */
@Component(
        property = {
            "hc.name=visionops.backup.logs",
            "hc.tags=visionops",
            "hc.tags=backup",
            "visionops.remedy=make space on the disk of the data folder"
        })
public final class LogsCheck implements HealthCheck {

    private final LogComponent logs;

    @Activate
    public LogsCheck(@Reference LogComponent logs) {
        this.logs = logs;
    }

    @Override
    public Result execute() {
        return judge(logs.shortOfSpace());
    }

    static Result judge(Optional<String> trouble) {
        FormattingResultLog log = new FormattingResultLog();
        if (trouble.isPresent()) {
            log.warn("{}. Make space on the disk of the data folder", trouble.get());
        } else {
            log.info("there is space to log everything");
        }
        return new Result(log);
    }
}

package io.visionops.backup.internal.offsite;

import io.visionops.backup.internal.offsite.OffsiteCopies.OffsiteFacts;
import io.visionops.backup.internal.offsite.OffsiteCopies.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the newest backup is on the other computer too. Reads the last look: no I/O. */
@Component(
        property = {
            "hc.name=visionops.backup.offsite",
            "hc.tags=visionops",
            "hc.tags=backup",
            "visionops.remedy=look at the server and at etc/io.visionops.backup.offsite.cfg"
        })
public final class OffsiteCheck implements HealthCheck {

    /** Three days without a copy are more than a night without a network. */
    private static final Duration LONG = Duration.ofDays(3);

    private final OffsiteComponent copies;

    @Activate
    public OffsiteCheck(@Reference OffsiteComponent copies) {
        this.copies = copies;
    }

    @Override
    public Result execute() {
        return judge(copies.facts(), Clock.systemUTC().instant());
    }

    static Result judge(OffsiteFacts facts, Instant now) {
        FormattingResultLog log = new FormattingResultLog();
        Optional<Trouble> trouble = facts.trouble();
        if (!facts.configured()) {
            log.info("backups are not copied to another computer");
        } else if (trouble.isEmpty()) {
            log.info("the newest backup is copied");
        } else if (Duration.between(trouble.get().since(), now).compareTo(LONG) >= 0) {
            log.critical(
                    "no backup was copied since {}: {}",
                    trouble.get().since(),
                    trouble.get().why());
        } else {
            log.warn("the newest backup is not copied: {}", trouble.get().why());
        }
        return new Result(log);
    }
}

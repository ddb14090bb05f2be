package io.visionops.security.internal.secret;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether secrets can be read. Reads the last look: no I/O and no lock. */
@Component(
        property = {
            "hc.name=visionops.security.secrets",
            "hc.tags=visionops",
            "hc.tags=security",
            "visionops.remedy=Where a passphrase locks the master key, open it with secret-unlock;"
                    + " else put it back where etc/io.visionops.security.cfg says, or restore a"
                    + " backup; nothing is overwritten meanwhile"
        })
public final class SecretsCheck implements HealthCheck {

    private final SecretComponent secrets;

    @Activate
    public SecretsCheck(@Reference SecretComponent secrets) {
        this.secrets = secrets;
    }

    @Override
    public Result execute() {
        return judge(secrets.health());
    }

    static Result judge(SecretHealth health) {
        FormattingResultLog log = new FormattingResultLog();
        health.trouble()
                .ifPresent(
                        why ->
                                log.critical(
                                        "secrets cannot be read now, or not after the next start:"
                                                + " {}",
                                        why));
        health.damaged()
                .forEach(
                        name ->
                                log.critical(
                                        "secret {} is damaged: set it anew with secret-set {}",
                                        name,
                                        name));
        health.inClear().ifPresent(why -> log.warn("the master key is not locked: {}", why));
        health.notTaken()
                .ifPresent(why -> log.critical("secrets of a backup are not in force: {}", why));
        if (health.trouble().isEmpty() && health.damaged().isEmpty()) {
            log.info("{} secrets can be read", health.count());
        }
        return new Result(log);
    }
}

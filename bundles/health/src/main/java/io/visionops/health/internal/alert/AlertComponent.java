package io.visionops.health.internal.alert;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.alert.Alert;
import io.visionops.api.alert.AlertRules;
import io.visionops.api.alert.Alerts;
import io.visionops.api.alert.Silence;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.HealthComponent;
import io.visionops.health.internal.journal.HealthJournal;
import io.visionops.support.health.SampledResult;
import io.visionops.support.meter.SampledMeters;
import io.visionops.support.meter.Sampler;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Alerts in their framework, by a thread of their own, and their check, which says nothing of
 * {@code ready}: cameras are watched meanwhile. Thread-safe.
 */
@Component(
        service = {Alerts.class, HealthCheck.class, AlertComponent.class},
        immediate = true,
        property = {
            "hc.name=visionops.health.alerts",
            "hc.tags=visionops",
            "hc.tags=health",
            "visionops.remedy=correct the line of etc/io.visionops.alerts.cfg and save it;"
                    + " alert-rules shows all that is wrong and which rules are in force"
        })
public final class AlertComponent implements Alerts, HealthCheck {

    private static final String FILE = "io.visionops.alerts.cfg";

    /** As often as the machine is looked at. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final SampledMeters meters = new SampledMeters();
    private final MetricSource metrics = new MetricSource();
    private final AlertRounds rounds;
    private final Sampler<AlertStatus> sampler;

    @Activate
    public AlertComponent(BundleContext context, @Reference HealthComponent health) {
        Path folder = HealthComponent.data(context).resolve("health");
        String etc = context.getProperty("karaf.etc");
        HealthJournal journal = health.journal();
        rounds =
                new AlertRounds(
                        new RuleFile(
                                Path.of(etc == null ? "etc" : etc, FILE),
                                folder.resolve("alerts-last-good.cfg"),
                                KnownNames.ofThisRelease(),
                                Clock.systemUTC()),
                        health::report,
                        metrics,
                        new AlertFile(folder),
                        new AlertEvents(journal::nextId),
                        journal::tell,
                        Clock.systemUTC(),
                        Ticker.system());
        sampler = new Sampler<>("visionops-health-alerts", Ticker.system(), this::look);
    }

    /** The references below are bound when the constructor has returned. */
    @Activate
    void start() {
        sampler.start(EVERY);
    }

    /** Of all parts but this one's own, which count what the rules find. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(!(" + AlertMeters.OWN + "=true))")
    void addMeters(MeterBinder part) {
        metrics.add(part);
    }

    void removeMeters(MeterBinder part) {
        metrics.remove(part);
    }

    private AlertStatus look() {
        AlertStatus status = rounds.look();
        meters.show(status.readings());
        return status;
    }

    MeterBinder meters() {
        return meters;
    }

    @Deactivate
    void stop() {
        sampler.close();
        rounds.close();
        metrics.close();
    }

    @Override
    public Result execute() {
        return SampledResult.of("alerts", sampler, AlertStatus::judge);
    }

    @Override
    public List<Alert> alerts() {
        return rounds.alerts();
    }

    @Override
    public Alert acknowledge(String id, Actor by) {
        return rounds.acknowledge(id, by);
    }

    @Override
    public List<Silence> silences() {
        return rounds.silences();
    }

    @Override
    public Silence silence(String target, Duration length, Actor by, String reason) {
        return rounds.silence(target, length, by, reason);
    }

    @Override
    public Silence unsilence(String id, Actor by) {
        return rounds.unsilence(id, by);
    }

    @Override
    public AlertRules rules() {
        return rounds.rules();
    }
}

package io.visionops.health.internal.governor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.camera.Cameras;
import io.visionops.api.health.Governor;
import io.visionops.api.health.GovernorStatus;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.HealthComponent;
import io.visionops.health.internal.MachineComponent;
import io.visionops.support.health.SampledResult;
import io.visionops.support.meter.Reading;
import io.visionops.support.meter.SampledMeters;
import io.visionops.support.meter.Sampler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The governor in its framework, by a thread of its own; its check and its meters. Thread-safe. */
@Component(
        service = {Governor.class, HealthCheck.class, MeterBinder.class},
        immediate = true,
        configurationPid = HealthComponent.PID,
        property = {
            "hc.name=visionops.health.governor",
            "hc.tags=visionops",
            "hc.tags=health",
            "hc.tags=ready",
            "visionops.remedy=governor shows what the machine is short of and who is asked for"
                    + " what: cool it, give it memory, or watch less (detect.fps, detect.width,"
                    + " fewer cameras); full service comes back by itself, step by step"
        })
public final class GovernorComponent implements Governor, HealthCheck, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(GovernorComponent.class);

    /** As often as the machine is looked at. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Cameras cameras;

    private final SampledMeters meters = new SampledMeters();
    private final GovernorRounds rounds;
    private final Sampler<GovernorStatus> sampler;

    @Activate
    public GovernorComponent(
            GovernorConfig config,
            @Reference MachineComponent machine,
            @Reference HealthComponent health) {
        rounds =
                new GovernorRounds(
                        machine.machine()::readings,
                        () -> Optional.ofNullable(cameras),
                        read(config, GovernorSettings.defaults()),
                        new GovernorEvents(Clock.systemUTC(), health.journal()::tell),
                        Clock.systemUTC(),
                        Ticker.system());
        sampler = new Sampler<>("visionops-health-governor", Ticker.system(), this::look);
    }

    /** The references above are bound when the constructor has returned. */
    @Activate
    void start() {
        sampler.start(EVERY);
    }

    private GovernorStatus look() {
        GovernorStatus status = rounds.look();
        meters.show(readings(status));
        return status;
    }

    static List<Reading> readings(GovernorStatus status) {
        List<Reading> readings = new ArrayList<>();
        readings.add(
                Reading.gauge(
                        "visionops.governor.level",
                        "0 full service; each higher level leaves out more, up to 7, paused",
                        "",
                        status.level()));
        for (GovernorStatus.Input input : status.inputs()) {
            input.pressure()
                    .ifPresent(
                            pressure ->
                                    readings.add(
                                            Reading.gauge(
                                                    "visionops.governor.pressure",
                                                    "A value by its threshold: less is asked for"
                                                            + " from 1 on",
                                                    "",
                                                    pressure,
                                                    "input",
                                                    input.name())));
        }
        return readings;
    }

    /** One clear line for a wrong value, and the last good ones stay. */
    private static GovernorSettings read(GovernorConfig config, GovernorSettings lastGood) {
        try {
            return GovernorSettings.of(config);
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "etc/{}.cfg: {}; the last good values of the governor stay",
                    HealthComponent.PID,
                    e.getMessage());
            return lastGood;
        }
    }

    @Modified
    void change(GovernorConfig config) {
        rounds.use(read(config, rounds.settings()));
    }

    @Deactivate
    void stop() {
        rounds.leave();
        sampler.close();
    }

    @Override
    public Optional<GovernorStatus> status() {
        return sampler.latest();
    }

    @Override
    public Result execute() {
        return SampledResult.of("the governor", sampler, GovernorCheck::judge);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
    }
}

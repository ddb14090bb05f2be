package io.visionops.health.internal.trend;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.HealthComponent;
import io.visionops.health.internal.MachineComponent;
import io.visionops.health.internal.machine.MachineHealth;
import io.visionops.health.internal.machine.MachineHealth.Offer;
import io.visionops.health.internal.machine.MemorySample;
import io.visionops.health.internal.machine.OfferedChecks;
import io.visionops.support.health.SampledResult;
import io.visionops.support.meter.SampledMeters;
import io.visionops.support.meter.Sampler;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trends in their framework, by a thread of their own; checks and meters. Thread-safe. */
@Component(
        service = {TrendComponent.class, MeterBinder.class},
        immediate = true,
        configurationPid = HealthComponent.PID)
public final class TrendComponent implements MeterBinder, BundleListener {

    /** The check whose repairs are those of what grows. */
    public static final String GROWTH_CHECK = "visionops.health.memory-growth";

    /** After a repair so long passes until this check can say whether it helped. */
    public static final Duration OBSERVATION = MemoryTrend.OBSERVATION.plusMinutes(5);

    private static final String FORECAST_CHECK = "visionops.health.forecast";
    private static final String PART = "health";

    /** Not of {@code ready}: what grows works meanwhile. */
    private static final String TAG = "trend";

    private static final String OURS = "io.visionops.";
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(TrendComponent.class);

    private final BundleContext context;
    private final HealthComponent health;
    private final MachineHealth machine;
    private final TrendWatch watch;
    private final SampledMeters meters = new SampledMeters();
    private final Sampler<TrendReport> sampler;
    private final OfferedChecks offered;
    private volatile TrendSettings settings;

    /** Used by the thread of the sampler. */
    private boolean off;

    @Activate
    public TrendComponent(
            BundleContext context,
            TrendConfig config,
            @Reference HealthComponent health,
            @Reference MachineComponent machine) {
        this.context = context;
        this.health = health;
        this.machine = machine.machine();
        this.settings = read(config, TrendSettings.defaults());
        watch =
                new TrendWatch(
                        this.machine::memory,
                        this.machine::diskFree,
                        Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()),
                        Ticker.system());
        sampler = new Sampler<>("visionops-health-trend", Ticker.system(), this::look);
        sampler.start(EVERY);
        offered =
                new OfferedChecks(
                        context,
                        List.of(
                                new Offer(
                                        GROWTH_CHECK,
                                        TAG,
                                        "what grows is made anew by itself (records --kind"
                                                + " recovery); processes shows who has how much."
                                                + " If it grows again, report it with this line",
                                        () -> result(TrendJudge::growth)),
                                new Offer(
                                        FORECAST_CHECK,
                                        TAG,
                                        "disk: shorter events.retention, tracks.retention or"
                                                + " snapshots.retention, and look what else"
                                                + " fills it; memory: visionops restart at a quiet"
                                                + " time, and report what grows",
                                        () -> result(TrendJudge::forecast))));
        context.addBundleListener(this);
    }

    private TrendReport look() {
        boolean watches = health.level().watchesTrends();
        if (watches && off) {
            // Nobody knows what was swapped meanwhile.
            watch.unsettle();
        }
        off = !watches;
        TrendReport report = watches ? watch.look() : TrendReport.NOTHING;
        Optional<MemorySample> sample = machine.memory();
        meters.show(TrendMeters.readings(report, sample));
        return report;
    }

    private Result result(Judge judge) {
        return health.level().watchesTrends()
                ? SampledResult.of(
                        PART, sampler, (report, log) -> judge.judge(report, settings, log))
                : new Result(Result.Status.OK, "not watched, since monitoring.level = basic");
    }

    private interface Judge {
        void judge(TrendReport report, TrendSettings settings, FormattingResultLog log);
    }

    /** One clear line for a wrong value, and the last good ones stay. */
    private static TrendSettings read(TrendConfig config, TrendSettings lastGood) {
        try {
            return TrendSettings.of(config);
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "etc/{}.cfg: {}; the last good limits of trends stay",
                    HealthComponent.PID,
                    e.getMessage());
            return lastGood;
        }
    }

    @Modified
    void change(TrendConfig config) {
        settings = read(config, settings);
    }

    /** A part that starts fills its buffers, and leaves behind what its predecessor had. */
    @Override
    public void bundleChanged(BundleEvent event) {
        String name = event.getBundle().getSymbolicName();
        if (event.getType() == BundleEvent.STARTED && name != null && name.startsWith(OURS)) {
            watch.unsettle();
        }
    }

    /** Whether a repair of this subject gives back memory of what grows critically now. */
    public boolean isRecycledBy(Subject subject) {
        return sampler.latest().stream()
                .flatMap(report -> report.growths().stream())
                .filter(one -> one.bytesAnHour() >= settings.growth().critical())
                .anyMatch(one -> one.owner().isRecycledBy(subject));
    }

    /** It was made anew; a camera has a new decoder, which is watched from its own start. */
    public void recycled(Subject subject) {
        if (!subject.kind().equals(Subject.CAMERA)) {
            watch.unsettle();
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(this);
        offered.close();
        sampler.close();
    }
}

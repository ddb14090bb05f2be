package io.visionops.health.internal.restart;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.recovery.RecoveryAction.Scope;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.api.update.Updates;
import io.visionops.health.internal.HealthComponent;
import io.visionops.health.internal.HealthConfig;
import io.visionops.health.internal.heartbeat.HeartbeatComponent;
import io.visionops.support.checkpoint.CheckpointRound;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.recovery.OfferedRepairs;
import io.visionops.support.recovery.TimedRepair;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
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

/** The upper repairs of all: a part, or the program, is started again. Thread-safe. */
@Component(
        service = RestartComponent.class,
        immediate = true,
        configurationPid = HealthComponent.PID)
public final class RestartComponent {

    private static final Logger LOG = LoggerFactory.getLogger(RestartComponent.class);

    private static final Subject PROGRAM = new Subject("program", "visionops");
    private static final Actor DAILY = Actor.schedule("daily");

    /** The parts stop in seconds, and start in one. */
    private static final Duration PART_LIMIT = Duration.ofSeconds(30);

    private static final Duration SAVE_LIMIT = Duration.ofSeconds(20);
    private static final Duration PROGRAM_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(60);

    private final HeartbeatComponent heartbeats;
    private final TimedRepair part;
    private final TimedRepair program;
    private final OfferedRepairs repairs;
    private final DailyRestart daily;
    private final Ticker ticker = Ticker.system();
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-health-daily");
    private volatile DailyRestart.Setting setting;
    private volatile long began;

    /** When the program was started; no setting of the clock changes that. */
    private final long programStarted;

    /** When the parts were started again last, as far as is known. */
    private volatile long partsStarted;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<CheckpointAction> checkpoints = new CopyOnWriteArrayList<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Updates updates;

    @Activate
    public RestartComponent(
            BundleContext context,
            HealthConfig config,
            @Reference HeartbeatComponent heartbeats,
            @Reference ZoneComponent zone) {
        this.heartbeats = heartbeats;
        daily = new DailyRestart(zone.clock());
        setting = read(config, DailyRestart.Setting.read(HealthConfig.RESTART_DAILY));
        PartRestart parts = new PartRestart(context);
        part =
                new TimedRepair(
                        "health.restart-part",
                        Scope.PART,
                        "what the part does waits for about a second",
                        PART_LIMIT,
                        parts::targets,
                        (target, reason, actor) -> parts.run(target));
        program =
                new TimedRepair(
                        "health.restart-program",
                        Scope.PROCESS,
                        "nothing is watched for about ten seconds",
                        PROGRAM_LIMIT,
                        () -> List.of(PROGRAM),
                        (target, reason, actor) -> restart(reason, actor));
        repairs = new OfferedRepairs(context, part, program);
        long up = ManagementFactory.getRuntimeMXBean().getUptime();
        programStarted = ticker.nanos() - Duration.ofMillis(up).toNanos();
        began = programStarted;
        partsStarted = ticker.nanos();
        RepeatedTask.schedule(thread, "the daily restart", LOOK, LOOK, this::look);
    }

    @Modified
    void change(HealthConfig config) {
        setting = read(config, setting);
    }

    private static DailyRestart.Setting read(HealthConfig config, DailyRestart.Setting lastGood) {
        try {
            return DailyRestart.Setting.read(config.restart_daily());
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "etc/{}.cfg: {}; the last good one stays", HealthComponent.PID, e.getMessage());
            return lastGood;
        }
    }

    /** Saved first: what a crash would cost is not lost by a restart that was planned. */
    private RecoveryResult restart(String reason, Actor actor)
            throws IOException, InterruptedException {
        Map<String, String> unsaved = new TreeMap<>();
        CheckpointRound.ask(List.copyOf(checkpoints), SAVE_LIMIT, reason, actor)
                .forEach(saved -> unsaved.putAll(saved.result().failed()));
        heartbeats.restart(reason + ", asked for by " + actor);
        return RecoveryResult.done(
                "the program is started again"
                        + (unsaved.isEmpty() ? "" : "; not saved: " + unsaved));
    }

    private void look() {
        DailyRestart.Setting now = setting;
        if (!daily.isDue(now, Duration.ofNanos(ticker.nanos() - began), isUpdating())) {
            return;
        }
        began = ticker.nanos();
        if (now.components()) {
            boolean done = true;
            for (Subject one : part.targets()) {
                done &= tell(part.run(one, "the daily restart", DAILY));
            }
            if (done) {
                partsStarted = began;
            }
        } else {
            tell(program.run(PROGRAM, "the daily restart", DAILY));
        }
    }

    private boolean isUpdating() {
        Updates present = updates;
        return present != null && !present.status().stage().isOver();
    }

    private static boolean tell(RecoveryResult result) {
        if (!result.done()) {
            LOG.warn("the daily restart failed: {}", result.detail());
        }
        return result.done();
    }

    /** How long what is started again each day has run. */
    Uptime uptime() {
        DailyRestart.Setting present = setting;
        long since = present.components() ? partsStarted : programStarted;
        Duration ran = Duration.ofNanos(ticker.nanos() - since);
        return new Uptime(present, ran, daily.missed(present, ran));
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
        repairs.close();
    }
}

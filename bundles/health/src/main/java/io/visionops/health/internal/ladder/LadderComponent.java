package io.visionops.health.internal.ladder;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.health.HealthReport;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.recovery.RecoveryAction;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.HealthComponent;
import io.visionops.health.internal.HealthConfig;
import io.visionops.health.internal.trend.TrendComponent;
import io.visionops.support.BootId;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.journal.EventJournal;
import io.visionops.support.json.HandoverJson;
import io.visionops.support.thread.DaemonThreads;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has parts make the repairs that are due, one at a time, and journals each with its cause and what
 * came of it. Thread-safe.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = HealthComponent.PID)
public final class LadderComponent {

    static final String KIND = "recovery";

    private static final Logger LOG = LoggerFactory.getLogger(LadderComponent.class);
    private static final ObjectMapper JSON = HandoverJson.mapper();
    private static final Event.Type TYPE = new Event.Type(KIND);
    private static final Actor HEALTH = Actor.part("health");
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Parts that start are not repaired. */
    private static final Duration BOOT = Duration.ofSeconds(60);

    private final HealthComponent health;
    private final TrendComponent trend;
    private final Ladder ladder;
    private final RepairBudget budget;
    private final RepairFile file;
    private final Ticker ticker = Ticker.system();
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-health-ladder");
    private volatile boolean on;
    private long round;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<RecoveryAction> actions = new CopyOnWriteArrayList<>();

    @Activate
    public LadderComponent(
            BundleContext context,
            HealthConfig config,
            @Reference HealthComponent health,
            @Reference TrendComponent trend) {
        this.health = health;
        this.trend = trend;
        this.file =
                new RepairFile(
                        HealthComponent.data(context).resolve("health"), BootId.read().orElse(""));
        this.budget = new RepairBudget(file.read(now()));
        this.ladder = new Ladder(LadderTable.RULES, this::targets, trend::isRecycledBy, budget);
        this.on = isOn(config, true);
        RepeatedTask.schedule(thread, "repairs", LOOK, LOOK, this::look);
    }

    @Modified
    void change(HealthConfig config) {
        on = isOn(config, on);
    }

    private static boolean isOn(HealthConfig config, boolean lastGood) {
        return switch (config.recovery()) {
            case "on" -> true;
            case "off" -> false;
            default -> {
                LOG.error(
                        "etc/{}.cfg: recovery = {} is refused: must be on or off; the last good one"
                                + " stays",
                        HealthComponent.PID,
                        config.recovery());
                yield lastGood;
            }
        };
    }

    private void look() {
        Optional<HealthReport> report = health.report();
        boolean early =
                ManagementFactory.getRuntimeMXBean().getUptime() < BOOT.toMillis()
                        || !System.getProperty("visionops.safe.mode", "").isEmpty();
        if (!on || early || report.isEmpty() || report.get().round() == round) {
            return;
        }
        round = report.get().round();
        for (Move move : ladder.next(report.get(), now())) {
            if (move instanceof Move.Act act) {
                // Before it is made: the program may be started again by it.
                file.write(budget.made());
                act(act);
            } else if (move instanceof Move.Healed healed) {
                LOG.info("{} is well again after {}", healed.check(), healed.action());
                tell(
                        move.check(),
                        Severity.INFO,
                        "well again " + healed.after().toSeconds() + " s after the fault was seen",
                        Map.of(
                                "what", "healed",
                                "action", healed.action(),
                                "healMs", healed.after().toMillis()));
            } else if (move instanceof Move.GiveUp end) {
                LOG.error("{} cannot be repaired: {}", end.check(), end.cause());
                tell(
                        move.check(),
                        Severity.CRITICAL,
                        "a person is needed, after " + end.steps() + " repairs: " + end.cause(),
                        Map.of("what", "given-up", "steps", end.steps(), "cause", end.cause()));
            }
        }
    }

    private Duration now() {
        return Duration.ofNanos(ticker.nanos());
    }

    private Optional<RecoveryAction> action(String name) {
        return actions.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private List<Subject> targets(String name) {
        return action(name).map(RecoveryAction::targets).orElse(List.of());
    }

    private void act(Move.Act act) {
        List<String> said = new ArrayList<>();
        boolean done = true;
        Duration start = now();
        for (Subject target : act.targets()) {
            RecoveryResult result =
                    action(act.action())
                            .map(one -> run(one, target, act))
                            .orElse(RecoveryResult.failed("the part is away"));
            done &= result.done();
            if (result.done() && act.check().equals(TrendComponent.GROWTH_CHECK)) {
                trend.recycled(target);
            }
            said.add(target + ": " + result.detail());
        }
        ladder.acted(act, done, now());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("what", done ? "done" : "failed");
        body.put("step", act.step());
        body.put("action", act.action());
        body.put("targets", act.targets().stream().map(Subject::toString).toList());
        body.put("cause", act.cause());
        body.put("result", String.join("; ", said));
        body.put("tookMs", now().minus(start).toMillis());
        tell(
                act.check(),
                Severity.WARNING,
                act.action() + (done ? ": " : " failed: ") + String.join("; ", said),
                body);
    }

    private static RecoveryResult run(RecoveryAction action, Subject target, Move.Act act) {
        try {
            return action.run(target, act.check() + ": " + act.cause(), HEALTH);
        } catch (IllegalArgumentException gone) {
            return RecoveryResult.failed("it is there no more");
        }
    }

    private void tell(String check, Severity severity, String detail, Map<String, Object> body) {
        Subject subject = new Subject("check", check);
        Instant time = Instant.now();
        String text = json(body);
        health.journal()
                .tell(
                        id ->
                                Entry.of(
                                        Event.of(id, TYPE, subject, severity, time, detail),
                                        new JournalRecord(KIND, subject, time, HEALTH, text)));
    }

    private static String json(Map<String, Object> body) {
        return EventJournal.text(JSON, body);
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
    }
}

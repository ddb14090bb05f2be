package io.visionops.health.internal.alert;

import io.visionops.api.alert.Alert;
import io.visionops.api.alert.AlertRules;
import io.visionops.api.alert.Alerts;
import io.visionops.api.alert.Silence;
import io.visionops.api.health.HealthReport;
import io.visionops.api.journal.Entry;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks again and again whether the condition of a rule holds, and tells the journal of what
 * changes. What is told is on the disk before the journal has it, so that a kill neither loses nor
 * doubles it. {@link #look} is called by one thread; the rest is thread-safe.
 */
final class AlertRounds implements Alerts {

    /** Entries that wait for the journal; those before them are in its buffer alone. */
    private static final int MOST_UNCONFIRMED = 200;

    /** How old what is on the disk may be, where nobody has been told of anything since. */
    private static final Duration SAVED = Duration.ofSeconds(10);

    private static final Duration SAVED_DETAILS = Duration.ofMinutes(1);

    private final RuleFile rules;
    private final Supplier<Optional<HealthReport>> reports;
    private final Observations observations;
    private final AlertFile file;
    private final AlertEvents events;
    private final BiConsumer<Entry, Runnable> journal;
    private final Clock clock;
    private final Ticker ticker;
    private final Set<UUID> confirmed = ConcurrentHashMap.newKeySet();

    // Guarded by "this", as all below that is not volatile.
    private final Silences silences = new Silences();
    private final Notifications notifications = new Notifications();
    private final Map<UUID, Entry> unconfirmed = new LinkedHashMap<>();
    private final AlertBook book;
    private RuleFile.State inForce;
    private RuleFile.@Nullable State described;
    private AlertFile.Document saved;
    private long savedNanos;

    /** The next run has what is on the disk: nothing is told any more. */
    private boolean closed;

    private volatile AlertStatus status;

    /**
     * Waits for the disk.
     *
     * @param journal takes an entry, and calls back when it is written; must not block
     */
    AlertRounds(
            RuleFile rules,
            Supplier<Optional<HealthReport>> reports,
            MetricSource metrics,
            AlertFile file,
            AlertEvents events,
            BiConsumer<Entry, Runnable> journal,
            Clock clock,
            Ticker ticker) {
        this.rules = rules;
        this.reports = reports;
        this.observations = new Observations(metrics);
        this.file = file;
        this.events = events;
        this.journal = journal;
        this.clock = clock;
        this.ticker = ticker;
        inForce = rules.look();
        saved = file.read();
        Moment now = now();
        savedNanos = now.nanos();
        book = new AlertBook(saved, inForce.rules(), now);
        saved.silences().forEach(one -> silences.restore(one, now));
        saved.unconfirmed().forEach(one -> unconfirmed.put(one.id(), one));
        status = describe();
        List.copyOf(unconfirmed.values()).forEach(this::give);
    }

    private Moment now() {
        return Moment.of(clock, ticker);
    }

    /** One look. Nothing is judged before the first round of the health checks. */
    AlertStatus look() {
        RuleFile.State current = rules.look();
        Optional<HealthReport> report = reports.get();
        Map<Rule, List<Observation>> seen = observations.of(current, report);
        synchronized (this) {
            if (closed) {
                return status;
            }
            inForce = current;
            Moment now = now();
            silences.expire(now);
            if (report.isPresent()) {
                book.apply(current.rules(), seen, now);
            }
            List<Entry> told = settle(now);
            save(now, !told.isEmpty());
            told.forEach(this::give);
            status = describe();
            return status;
        }
    }

    /** What is to be told now. */
    private List<Entry> settle(Moment now) {
        book.judge(silences, now);
        List<Entry> entries = new ArrayList<>();
        for (Notification one : notifications.due(book.open(), inForce.rules(), now)) {
            Entry entry = events.of(one, now.wall());
            entries.add(entry);
            remember(entry);
        }
        book.bury().forEach(notifications::leaveOut);
        return entries;
    }

    private void remember(Entry entry) {
        unconfirmed.put(entry.id(), entry);
        if (unconfirmed.size() > MOST_UNCONFIRMED) {
            unconfirmed.remove(unconfirmed.keySet().iterator().next());
        }
    }

    private void give(Entry entry) {
        journal.accept(entry, () -> confirmed.add(entry.id()));
    }

    private void save(Moment now, boolean urgent) {
        for (UUID id : List.copyOf(confirmed)) {
            unconfirmed.remove(id);
            confirmed.remove(id);
        }
        AlertFile.Document document =
                new AlertFile.Document(
                        book.lastId(),
                        book.open().stream().map(AlertFile.Kept::of).toList(),
                        silences.list(),
                        List.copyOf(unconfirmed.values()),
                        List.copyOf(book.resolved()));
        Duration age = now.since(savedNanos);
        boolean due =
                age.compareTo(SAVED_DETAILS) >= 0
                        || (age.compareTo(SAVED) >= 0
                                && (isAnother(document, saved) || file.failure().isPresent()));
        if (urgent || due) {
            if ((urgent || !document.equals(saved)) && file.write(document)) {
                saved = document;
            }
            // What is the same is as good as written: it is compared again when it is as old.
            savedNanos = now.nanos();
        }
    }

    /** Whether more than the words of a cause has changed. */
    private static boolean isAnother(AlertFile.Document one, AlertFile.Document other) {
        return one.lastId() != other.lastId()
                || one.alerts().size() != other.alerts().size()
                || !one.silences().equals(other.silences())
                || one.unconfirmed().size() != other.unconfirmed().size()
                || one.resolved().size() != other.resolved().size();
    }

    private AlertStatus describe() {
        List<Alert> alerts = book.show();
        List<Silence> silent = silences.list();
        Optional<String> failure = file.failure();
        // As nearly always: nothing has changed since the last look.
        if (described == inForce && status.isOf(alerts, silent, failure)) {
            return status;
        }
        described = inForce;
        return AlertStatus.of(rules.name(), inForce, alerts, silent, failure);
    }

    AlertStatus status() {
        return status;
    }

    @Override
    public List<Alert> alerts() {
        return status.alerts();
    }

    @Override
    public List<Silence> silences() {
        return status.silences();
    }

    @Override
    public AlertRules rules() {
        return status.rules();
    }

    @Override
    public synchronized Alert acknowledge(String id, Actor by) {
        OpenAlert alert =
                book.find(id)
                        .orElseThrow(
                                () -> new IllegalArgumentException("there is no open alert " + id));
        Alert.State state = alert.state();
        if (state == Alert.State.PENDING || state == Alert.State.RESOLVED) {
            throw new IllegalArgumentException(
                    "alert " + id + " does not fire: it is " + state.word());
        }
        if (alert.acknowledgedBy == null) {
            alert.acknowledgedBy = by;
            tellAtOnce(events.acknowledged(alert, by, clock.instant()));
        }
        return alert.show();
    }

    @Override
    public synchronized Silence silence(String target, Duration length, Actor by, String reason) {
        Moment now = now();
        Silence silence =
                silences.add(
                        book.nextId(), target, length, by, reason, inForce.rules().keySet(), now);
        book.judge(silences, now);
        tellAtOnce(events.silenced(silence, false, by, now.wall()));
        return silence;
    }

    @Override
    public synchronized Silence unsilence(String id, Actor by) {
        Moment now = now();
        Silence silence = silences.remove(id);
        book.judge(silences, now);
        tellAtOnce(events.silenced(silence, true, by, now.wall()));
        return silence;
    }

    private void tellAtOnce(Entry entry) {
        remember(entry);
        save(now(), true);
        give(entry);
        status = describe();
    }

    /** Keeps all for the next run. */
    synchronized void close() {
        closed = true;
        save(now(), true);
    }
}

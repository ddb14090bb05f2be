package io.visionops.health.internal.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.alert.Silence;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.support.DurationText;
import io.visionops.support.journal.EventJournal;
import io.visionops.support.json.HandoverJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alerts as events of the journal and as records of kind {@code alert}, and in the log. */
final class AlertEvents {

    static final String KIND = "alert";
    static final Event.Type TYPE = new Event.Type(KIND);

    private static final Logger LOG = LoggerFactory.getLogger(AlertEvents.class);
    private static final Actor HEALTH = Actor.part("health");

    /** Alerts that a record lists, and names in a line; of more it says how many. */
    private static final int NAMED = 20;

    /** Who is affected, of one alert and of each of several: a record has 64 KiB. */
    private static final int AFFECTED = 50;

    private static final int AFFECTED_OF_EACH = 5;
    private static final int LONGEST = 1_500;

    private final ObjectMapper json = HandoverJson.mapper();
    private final Supplier<UUID> ids;

    /** The body of a record; persisted. */
    private record Body(
            String what,
            @Nullable String rule,
            Severity severity,
            int step,
            List<Row> alerts,
            int more,
            int leftOut,
            @Nullable String silence,
            @Nullable Instant until,
            @Nullable String reason) {}

    /** One alert of a body; persisted. */
    private record Row(
            String id, Subject subject, String cause, List<String> affected, int alsoAffected) {

        static Row of(OpenAlert alert, int most) {
            int listed = Math.min(most, alert.affected().size());
            return new Row(
                    alert.id,
                    alert.subject,
                    cut(alert.cause(), 500),
                    alert.affected().subList(0, listed).stream().map(one -> cut(one, 100)).toList(),
                    alert.affected().size() - listed);
        }
    }

    AlertEvents(Supplier<UUID> ids) {
        this.ids = ids;
    }

    Entry of(Notification one, Instant now) {
        String rule = one.rule().name();
        Subject subject =
                one.alerts().size() == 1 ? one.alerts().get(0).subject : new Subject("rule", rule);
        int step = one.alerts().stream().mapToInt(alert -> alert.step).max().orElse(0);
        Severity severity =
                switch (one.what()) {
                    case FIRING, ESCALATED, GREW -> one.rule().severity();
                    case RESOLVED, SUPPRESSED -> Severity.INFO;
                };
        int listed = Math.min(NAMED, one.alerts().size());
        int affected = one.alerts().size() == 1 ? AFFECTED : AFFECTED_OF_EACH;
        return entry(
                subject,
                severity,
                now,
                HEALTH,
                words(one, step, now),
                new Body(
                        one.what().word(),
                        rule,
                        one.rule().severity(),
                        step,
                        one.alerts().subList(0, listed).stream()
                                .map(alert -> Row.of(alert, affected))
                                .toList(),
                        one.alerts().size() - listed,
                        one.leftOut(),
                        null,
                        null,
                        null));
    }

    private static String words(Notification one, int step, Instant now) {
        String rule = one.rule().name();
        String left = one.leftOut() == 0 ? "" : " (" + one.leftOut() + " changes left out)";
        String causes = causes(one.alerts());
        return switch (one.what()) {
            case FIRING -> rule + " fires" + left + ": " + causes;
            case ESCALATED ->
                    rule
                            + " is not acknowledged, step "
                            + step
                            + " of "
                            + one.rule().escalation().size()
                            + left
                            + ": "
                            + causes;
            case GREW -> rule + " is about more" + left + ": " + causes;
            case RESOLVED ->
                    rule + " is over after " + length(one.alerts(), now) + left + ": " + causes;
            case SUPPRESSED ->
                    rule + " came and went: " + one.leftOut() + " changes were suppressed";
        };
    }

    private static String causes(List<OpenAlert> alerts) {
        if (alerts.size() == 1) {
            OpenAlert one = alerts.get(0);
            return one.affected().size() <= 1
                    ? one.cause()
                    : one.cause() + " (" + names(one.affected()) + ")";
        }
        return names(alerts.stream().map(alert -> alert.subject.toString()).toList());
    }

    private static String names(List<String> names) {
        String some = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() <= NAMED ? some : some + " and " + (names.size() - NAMED) + " more";
    }

    private static String length(List<OpenAlert> alerts, Instant now) {
        Duration longest =
                alerts.stream()
                        .map(alert -> Duration.between(alert.since, now))
                        .max(Duration::compareTo)
                        .filter(one -> !one.isNegative())
                        .orElse(Duration.ZERO);
        return DurationText.show(Duration.ofSeconds(longest.toSeconds()));
    }

    Entry acknowledged(OpenAlert alert, Actor by, Instant now) {
        return entry(
                alert.subject,
                Severity.INFO,
                now,
                by,
                alert.rule.name() + " is acknowledged by " + by + ": " + alert.cause(),
                new Body(
                        "acknowledged",
                        alert.rule.name(),
                        alert.rule.severity(),
                        alert.step,
                        List.of(Row.of(alert, AFFECTED)),
                        0,
                        0,
                        null,
                        null,
                        null));
    }

    Entry silenced(Silence silence, boolean ended, Actor by, Instant now) {
        Subject subject =
                silence.isOfRule()
                        ? new Subject("rule", silence.target())
                        : Subject.parse(silence.target());
        String words =
                ended
                        ? "the silence of " + silence.target() + " is ended by " + by
                        : "nobody is told of "
                                + silence.target()
                                + " until "
                                + silence.until()
                                + ", by "
                                + by
                                + (silence.reason().isEmpty() ? "" : ": " + silence.reason());
        return entry(
                subject,
                Severity.INFO,
                now,
                by,
                words,
                new Body(
                        ended ? "unsilenced" : "silenced",
                        silence.isOfRule() ? silence.target() : null,
                        Severity.INFO,
                        0,
                        List.of(),
                        0,
                        0,
                        silence.id(),
                        silence.until(),
                        silence.reason()));
    }

    private Entry entry(
            Subject subject, Severity severity, Instant now, Actor by, String words, Body body) {
        String detail = cut(words, LONGEST);
        if (severity == Severity.INFO) {
            LOG.info("alert: {}", detail);
        } else {
            LOG.warn("alert: {}", detail);
        }
        return Entry.of(
                Event.of(ids.get(), TYPE, subject, severity, now, detail),
                new JournalRecord(KIND, subject, now, by, text(body)));
    }

    private String text(Body body) {
        return EventJournal.text(json, body);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}

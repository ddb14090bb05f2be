package io.visionops.health.internal.governor;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import io.visionops.support.journal.EventJournal;
import io.visionops.support.json.HandoverJson;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the journal and the log of each change of the governor. Never blocks. */
final class GovernorEvents {

    static final Event.Type TYPE = new Event.Type("governor");
    static final String KIND = "governor";

    private static final Logger LOG = LoggerFactory.getLogger(GovernorEvents.class);
    private static final Subject GOVERNOR = Subject.part("governor");

    private final ObjectMapper json = HandoverJson.mapper();
    private final Clock clock;
    private final Consumer<Function<UUID, Entry>> journal;

    /** The body of a record; persisted. */
    private record Body(int level, int before, @Nullable String input, String reason) {}

    /**
     * @param journal takes what is made with the id that it gives
     */
    GovernorEvents(Clock clock, Consumer<Function<UUID, Entry>> journal) {
        this.clock = clock;
        this.journal = journal;
    }

    void tell(LevelChange change) {
        String words =
                "level "
                        + change.now().ordinal()
                        + " instead of "
                        + change.before().ordinal()
                        + ", "
                        + change.now().words()
                        + ": "
                        + change.reason();
        tell(
                severity(change),
                words,
                new Body(
                        change.now().ordinal(),
                        change.before().ordinal(),
                        change.input().map(GovernorInput::key).orElse(null),
                        change.reason()));
    }

    /** Pictures that are not taken are critical; less of them is a warning. */
    private static Severity severity(LevelChange change) {
        if (!change.now().isDeeperThan(change.before())) {
            return Severity.INFO;
        }
        return change.now() == GovernorLevel.PAUSED ? Severity.CRITICAL : Severity.WARNING;
    }

    /** The disk is critical, or is not any more. */
    void tellDisk(boolean critical, GovernorLevel level) {
        String words =
                critical
                        ? "the disk is nearly full: no camera is asked for less, since that would"
                                + " not help; visionops.health.disk says what to do"
                        : "the disk has room again";
        tell(
                critical ? Severity.CRITICAL : Severity.INFO,
                words,
                new Body(level.ordinal(), level.ordinal(), "disk", words));
    }

    private void tell(Severity severity, String words, Body body) {
        Instant now = clock.instant();
        String text = text(body);
        if (severity == Severity.INFO) {
            LOG.info("governor: {}", words);
        } else {
            LOG.warn("governor: {}", words);
        }
        journal.accept(
                id ->
                        Entry.of(
                                Event.of(id, TYPE, GOVERNOR, severity, now, words),
                                new JournalRecord(KIND, GOVERNOR, now, CameraPlan.GOVERNOR, text)));
    }

    private String text(Body body) {
        return EventJournal.text(json, body);
    }
}

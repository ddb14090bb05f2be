package io.visionops.ingest.internal.coverage;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.support.journal.JournalCounts;
import io.visionops.support.journal.JournalFile;
import io.visionops.support.journal.Unwritten;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tells the journal what happens to cameras: in order, by way of a buffer that waits for a journal
 * that is away. Thread-safe; never blocks.
 */
public final class CameraJournal {

    public static final int CAPACITY = 1000;

    /** Nothing about the state of a camera holds a picture. */
    private static final long NO_PICTURES = 0;

    /** All in one order: what is told of several cameras at once is told of each as well. */
    private static final String ALL = "";

    /** What happens to several cameras of this place at once. */
    private static final Subject CAMERAS = new Subject("site", "cameras");

    private final TimeOrderedIds ids;
    private final JournalBuffer buffer;

    public CameraJournal(Clock clock, Ticker ticker, RandomGenerator random) {
        this.ids = new TimeOrderedIds(clock, random);
        this.buffer = new JournalBuffer(ticker, ids, CAPACITY, NO_PICTURES);
        buffer.pumpAfterAnswers();
    }

    /** A camera is in another state now. */
    public void state(
            String camera, Instant time, CameraState state, Optional<Fault> fault, String more) {
        event(
                Event.Type.CAMERA_STATE,
                Subject.camera(camera),
                Severity.INFO,
                time,
                detail(state, fault, more),
                new Fact.StateChange(
                        camera,
                        time,
                        state,
                        fault.map(Fault::cause),
                        more.isEmpty() ? fault.map(Fault::detail).orElse("") : more));
    }

    /** Another level of service holds. */
    public void level(String camera, Instant time, ServiceLevel level, String words) {
        event(
                Event.Type.LEVEL_CHANGED,
                Subject.camera(camera),
                level.kind() == ServiceLevel.Kind.PAUSED ? Severity.WARNING : Severity.INFO,
                time,
                words);
    }

    /** A camera needs a person. */
    public void alert(String camera, Instant time, Fault fault) {
        event(
                Event.Type.CAMERA_ALERT,
                Subject.camera(camera),
                Severity.WARNING,
                time,
                words(fault));
    }

    /** Many cameras, one cause; an event of no camera in particular. */
    public void incident(Instant time, String words) {
        event(Event.Type.INCIDENT, CAMERAS, Severity.WARNING, time, words);
    }

    /** Somebody has changed a camera. */
    public void audit(String camera, String action, Actor by, Instant time) {
        String body = "{\"action\":\"" + action + "\"}";
        fact(new JournalRecord("audit", Subject.camera(camera), time, by, body));
    }

    private void event(
            Event.Type type,
            Subject subject,
            Severity severity,
            Instant time,
            String detail,
            Fact... facts) {
        add(Entry.of(Event.of(ids.get(), type, subject, severity, time, detail), facts));
    }

    /** The state and its reason in plain words. */
    public static String detail(CameraState state, Optional<Fault> fault, String more) {
        StringBuilder words = new StringBuilder(state.name());
        fault.ifPresent(one -> words.append(": ").append(words(one)));
        if (!more.isEmpty()) {
            words.append(": ").append(more);
        }
        return words.toString();
    }

    public static String words(Fault fault) {
        String seen = fault.detail().isEmpty() ? "" : " (" + fault.detail() + ")";
        return fault.cause().words() + seen;
    }

    /** A camera is not to be watched any more, and nobody is there who could tell that of it. */
    public void expectNoMore(String camera, Instant at) {
        fact(new Fact.Expected(camera, at, false));
    }

    /** A fact without an event. */
    public void fact(Fact fact) {
        add(Entry.of(ids.get(), fact));
    }

    /** Another journal. What is pending goes to it at once. */
    public void use(Journal other) {
        buffer.connect(other);
        buffer.pump();
    }

    /** A journal goes; its successor, if it came before, stays. */
    public void leave(Journal old) {
        buffer.disconnect(old);
    }

    /** Tries again what the journal did not take; called now and then. */
    public void retry() {
        buffer.pump();
        buffer.settle();
    }

    /**
     * Gives to the journal what the last run has left, before what is pending.
     *
     * @param others older, and not in the file
     */
    public void resume(JournalFile left, List<Entry> others) {
        buffer.resume(left, others.stream().map(entry -> new Unwritten(ALL, entry)).toList());
        buffer.pump();
    }

    /**
     * Sees to it that a crash costs nothing of what is pending now.
     *
     * @param patience how long the journal may take before it goes to the file
     */
    public void secure(JournalFile to, Duration patience) throws IOException, InterruptedException {
        buffer.secure(to, patience);
    }

    /** Sends nothing any more; what the journal has not acknowledged goes to the file. */
    public void leave(JournalFile left) {
        buffer.leave(left);
    }

    int pending() {
        return buffer.size();
    }

    /** What waits for the journal and what is lost. */
    public JournalCounts counts() {
        return buffer.counts();
    }

    private void add(Entry entry) {
        buffer.offer(ALL, entry);
        buffer.pump();
    }
}

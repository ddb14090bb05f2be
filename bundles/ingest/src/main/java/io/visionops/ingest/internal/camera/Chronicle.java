package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Journal;
import io.visionops.support.TimeOrderedIds;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be journaled, in order, until it is acknowledged: the journal may be away while its
 * part is swapped, and this part too before it is back. Holds {@value #CAPACITY} entries; then the
 * oldest is lost, which is logged. Thread-safe; never blocks.
 */
public final class Chronicle {

    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);

    static final int CAPACITY = 1000;

    private final TimeOrderedIds ids;

    /** Oldest first. Guarded by "this". */
    private final ArrayDeque<Entry> pending = new ArrayDeque<>();

    /** Guarded by "this". */
    private @Nullable Journal journal;

    /** The first of "pending" is with the journal. Guarded by "this". */
    private boolean sent;

    /** Guarded by "this". */
    private long lost;

    public Chronicle(Clock clock, RandomGenerator random) {
        this.ids = new TimeOrderedIds(clock, random);
    }

    /** A camera is in another state now. */
    void state(String camera, Instant time, CameraState state, Optional<Fault> fault, String more) {
        event(
                Event.Type.CAMERA_STATE,
                camera,
                time,
                detail(state, fault, more),
                new Fact.StateChange(
                        camera,
                        time,
                        state,
                        fault.map(Fault::cause),
                        more.isEmpty() ? fault.map(Fault::detail).orElse("") : more));
    }

    /** A camera needs a person. */
    void alert(String camera, Instant time, Fault fault) {
        event(Event.Type.CAMERA_ALERT, camera, time, words(fault));
    }

    /** Many cameras, one cause; an event of no camera in particular. */
    void incident(Instant time, String words) {
        event(Event.Type.INCIDENT, "", time, words);
    }

    private void event(Event.Type type, String camera, Instant time, String detail, Fact... facts) {
        add(
                Entry.of(
                        new Event(
                                ids.get(),
                                type,
                                camera,
                                time,
                                Optional.empty(),
                                0,
                                OptionalLong.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                detail),
                        facts));
    }

    /** The state and its reason in plain words. */
    static String detail(CameraState state, Optional<Fault> fault, String more) {
        StringBuilder words = new StringBuilder(state.name());
        fault.ifPresent(one -> words.append(": ").append(words(one)));
        if (!more.isEmpty()) {
            words.append(": ").append(more);
        }
        return words.toString();
    }

    static String words(Fault fault) {
        String seen = fault.detail().isEmpty() ? "" : " (" + fault.detail() + ")";
        return fault.cause().words() + seen;
    }

    /** A camera is not to be watched any more, and nobody is there who could tell that of it. */
    public void expectNoMore(String camera, Instant at) {
        fact(new Fact.Expected(camera, at, false));
    }

    /** A fact without an event. */
    void fact(Fact fact) {
        add(Entry.of(ids.get(), fact));
    }

    /** Another journal. What is pending goes to it at once. */
    public void use(Journal other) {
        synchronized (this) {
            journal = other;
            sent = false;
        }
        send();
    }

    /** A journal goes; its successor, if it came before, stays. */
    public synchronized void leave(Journal old) {
        if (journal == old) {
            journal = null;
            sent = false;
        }
    }

    /** Tries again what the journal did not take; called now and then. */
    public void retry() {
        send();
    }

    /**
     * Gives to the journal what another one has not seen acknowledged, before what is pending. The
     * journal knows by the ids which of it it has.
     */
    public void resume(List<Entry> unwritten) {
        synchronized (this) {
            int room = CAPACITY - pending.size();
            for (int i = unwritten.size() - 1; i >= 0 && room > 0; i--, room--) {
                pending.addFirst(unwritten.get(i));
            }
            // What the journal has got meanwhile is not the first any more, and is given again.
            sent = false;
        }
        send();
    }

    /**
     * Sends nothing any more.
     *
     * @return what the journal has not acknowledged, oldest first
     */
    public synchronized List<Entry> leave() {
        journal = null;
        return List.copyOf(pending);
    }

    synchronized int pending() {
        return pending.size();
    }

    private void add(Entry entry) {
        synchronized (this) {
            if (pending.size() >= CAPACITY) {
                pending.removeFirst();
                sent = false;
                if (lost++ % CAPACITY == 0) {
                    LOG.warn(
                            "the journal takes nothing: {} entries about cameras are lost so far",
                            lost);
                }
            }
            pending.addLast(entry);
        }
        send();
    }

    /** A loop and not a recursion: a journal may complete at once, a thousand times. */
    private void send() {
        while (true) {
            Journal to;
            Entry first;
            synchronized (this) {
                if (journal == null || sent || pending.isEmpty()) {
                    return;
                }
                to = journal;
                first = pending.getFirst();
                sent = true;
            }
            CompletableFuture<Void> written = append(to, first);
            if (!written.isDone()) {
                written.whenComplete(
                        (nothing, failure) -> {
                            if (answered(first, failure == null)) {
                                send();
                            }
                        });
                return;
            }
            if (!answered(first, !written.isCompletedExceptionally())) {
                return;
            }
        }
    }

    private static CompletableFuture<Void> append(Journal to, Entry entry) {
        try {
            return to.append(entry);
        } catch (RuntimeException | LinkageError e) {
            // A journal whose bundle is being replaced may lack classes.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Returns whether to go on with the next. */
    private synchronized boolean answered(Entry entry, boolean written) {
        if (pending.isEmpty() || pending.getFirst() != entry) {
            return false;
        }
        sent = false;
        if (written) {
            pending.removeFirst();
        }
        return written;
    }
}

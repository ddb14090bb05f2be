package io.visionops.support.journal;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Fact;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The entries of one camera on their way to the journal, one at a time, so that their order holds
 * whatever fails. Guarded by the {@link JournalBuffer}.
 *
 * <p>An entry that the journal refuses for good is given up at once, and so is one that is refused
 * again and again although the journal writes an empty one that is sent before it: nothing behind
 * it would ever be written.
 */
final class JournalLane {

    private static final long FIRST_BACKOFF = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LAST_BACKOFF = TimeUnit.SECONDS.toNanos(5);
    private static final long ANSWER_LIMIT = TimeUnit.SECONDS.toNanos(10);
    private static final int REFUSALS_BEFORE_PROBES = 5;
    private static final int REFUSALS_DESPITE_PROBES = 3;

    /**
     * An entry and whom to tell when it is written.
     *
     * @param kept it lies in the file too, where the last run or a checkpoint has put it
     * @param pictureBytes of its pictures
     */
    record Waiting(Entry entry, Runnable written, boolean kept, long pictureBytes) {

        static Waiting of(Entry entry, Runnable written) {
            return of(entry, written, false);
        }

        /** One that an earlier run has left in a file. */
        static Waiting kept(Entry entry) {
            return of(entry, () -> {}, true);
        }

        private static Waiting of(Entry entry, Runnable written, boolean kept) {
            long bytes = 0;
            for (Fact fact : entry.facts()) {
                if (fact instanceof Fact.Snapshot snapshot) {
                    bytes += snapshot.jpeg().length;
                }
            }
            return new Waiting(entry, written, kept, bytes);
        }

        /** The same, which lies in the file too. */
        Waiting keep() {
            return new Waiting(entry, written, true, pictureBytes);
        }

        /** Neither an event nor the word that a count exists or a camera is expected. */
        boolean dispensable() {
            return entry.event().isEmpty()
                    && entry.facts().stream()
                            .noneMatch(
                                    fact ->
                                            fact instanceof Fact.Counters
                                                    || fact instanceof Fact.Expected);
        }

        /** Less to remember; the event is the same. */
        Waiting withoutPictures() {
            return Waiting.of(
                    new Entry(
                            entry.id(),
                            entry.event(),
                            entry.facts().stream()
                                    .filter(fact -> !(fact instanceof Fact.Snapshot))
                                    .toList()),
                    written,
                    kept);
        }
    }

    /** What the journal's answer means. */
    enum Answer {
        /** Nobody waits for it any more. */
        LATE,
        /** The entry is written and has left the lane. */
        WRITTEN,
        /** The journal writes; the entry that it has refused is still to come. */
        PROBED,
        /** To be sent again. */
        REFUSED,
        /** The entry will never be written and has left the lane. */
        GIVEN_UP
    }

    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private boolean sent;
    private boolean probe;
    private long sentAt;

    /** Answers to an earlier one are too late. */
    private int attempt;

    private OptionalLong retryAt = OptionalLong.empty();
    private long backoff = FIRST_BACKOFF;
    private int refusals;
    private int refusalsDespiteProbe;
    private boolean probed;

    void add(Waiting entry) {
        waiting.add(entry);
    }

    /**
     * All of them lie in the file too from now on.
     *
     * @return how many did not before
     */
    int keepAll() {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        int more = 0;
        for (Waiting one : all) {
            waiting.add(one.kept() ? one : one.keep());
            more += one.kept() ? 0 : 1;
        }
        return more;
    }

    /** Before all others; what is with the journal is given to it again after this. */
    void addFirst(Waiting entry) {
        startAnew();
        waiting.addFirst(entry);
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Oldest first. */
    List<Entry> entries() {
        return waiting.stream().map(Waiting::entry).toList();
    }

    /** The oldest; what is sent, or comes next. */
    Waiting head() {
        return waiting.element();
    }

    /** Nanoseconds until something is to be done; as good as never while there is nothing. */
    long untilDue(long now) {
        if (sent) {
            return Math.max(0, sentAt + ANSWER_LIMIT - now);
        }
        if (waiting.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return retryAt.isEmpty() ? 0 : Math.max(0, retryAt.getAsLong() - now);
    }

    /** A journal that has not answered in time is treated as if it had refused. */
    boolean giveUpOnSilence(long now) {
        if (sent && now - sentAt >= ANSWER_LIMIT) {
            refuse(now);
            return true;
        }
        return false;
    }

    /** True when the journal is to be tried with an empty entry first. */
    boolean wantsProbe() {
        return refusals >= REFUSALS_BEFORE_PROBES && !probed;
    }

    /**
     * Notes that the head, or a probe, is being sent.
     *
     * @return what the answer has to come with
     */
    int send(boolean isProbe, long now) {
        sent = true;
        probe = isProbe;
        sentAt = now;
        return ++attempt;
    }

    /**
     * @param forGood refused with the word that trying again is of no use
     */
    Answer answered(int toAttempt, boolean written, boolean forGood, long now) {
        if (!sent || toAttempt != attempt) {
            return Answer.LATE;
        }
        if (forGood && !probe) {
            leave();
            return Answer.GIVEN_UP;
        }
        if (written && probe) {
            sent = false;
            probed = true;
            return Answer.PROBED;
        }
        if (written) {
            leave();
            return Answer.WRITTEN;
        }
        refusals++;
        if (probed && ++refusalsDespiteProbe >= REFUSALS_DESPITE_PROBES) {
            leave();
            return Answer.GIVEN_UP;
        }
        refuse(now);
        return Answer.REFUSED;
    }

    /** Another journal is there, or none: what was sent is to be sent again. */
    void startAnew() {
        sent = false;
        attempt++;
        trust();
    }

    /** Removes the oldest that may be spared and is not being sent. */
    Optional<Waiting> drop() {
        Optional<Waiting> dropped = drop(Waiting::dispensable);
        return dropped.isPresent() ? dropped : drop(any -> true);
    }

    private Optional<Waiting> drop(Predicate<Waiting> test) {
        Iterator<Waiting> i = waiting.iterator();
        if (sent && i.hasNext()) {
            i.next();
        }
        while (i.hasNext()) {
            Waiting candidate = i.next();
            if (test.test(candidate)) {
                i.remove();
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private void leave() {
        waiting.remove();
        sent = false;
        trust();
    }

    private void refuse(long now) {
        sent = false;
        probed = false;
        retryAt = OptionalLong.of(now + backoff);
        backoff = Math.min(2 * backoff, LAST_BACKOFF);
    }

    private void trust() {
        retryAt = OptionalLong.empty();
        backoff = FIRST_BACKOFF;
        refusals = 0;
        refusalsDespiteProbe = 0;
        probed = false;
    }
}

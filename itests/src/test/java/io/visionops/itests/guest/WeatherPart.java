package io.visionops.itests.guest;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.BundleContext;

/**
 * The weather station: measures the wind each second and records it, and warns of a storm when it
 * starts. Every record names the version that wrote it. Thread-safe.
 */
public final class WeatherPart {

    static final Subject ROOF = new Subject("station", "roof");

    private static final String KIND = "weather";
    private static final Event.Type STORM_WARNING = new Event.Type("storm-warning");
    private static final Actor ITSELF = Actor.part(KIND);
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration STOP = Duration.ofSeconds(15);

    /** The journal is bound here by Declarative Services, and is null while store is swapped. */
    private volatile Journal journal;

    private final String version;
    private final Outbox outbox = new Outbox(this::refused);
    private final AtomicLong readings = new AtomicLong();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Workload workload =
            new Workload(
                    () -> journal,
                    what -> Entry.of(newId(), note(ITSELF, what)),
                    what -> record(note(ITSELF, what)));
    private final Thread thread = new Thread(this::work, "visionops-weather-station");
    private volatile double wind;
    private volatile Instant measured = Instant.EPOCH;

    public WeatherPart(BundleContext bundle) {
        version = bundle.getBundle().getVersion().toString();
    }

    void start() {
        Event warning =
                Event.of(
                        newId(),
                        STORM_WARNING,
                        ROOF,
                        Severity.WARNING,
                        Instant.now(),
                        "wind of 30 m/s is expected");
        outbox.add(Entry.of(warning, note(ITSELF, "\"started\":true")));
        thread.start();
    }

    void stop() throws InterruptedException {
        workload.calm();
        stopping.countDown();
        thread.join(STOP.toMillis());
    }

    private void work() {
        try {
            do {
                if (!measured.plus(INTERVAL).isAfter(Instant.now())) {
                    measure();
                }
                outbox.send(journal);
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
            outbox.send(journal);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    Workload workload() {
        return workload;
    }

    double wind() {
        return wind;
    }

    long readings() {
        return readings.get();
    }

    Instant measured() {
        return measured;
    }

    /** Records that somebody has calibrated the sensor. */
    void recalibrate(String reason, Actor actor) {
        record(note(actor, "\"recalibrated\":" + quoted(reason)));
    }

    /** Gives the journal an entry that it cannot write, between two that it can. */
    void overreach(Actor actor) {
        record(note(actor, "\"before\":true"));
        record(new JournalRecord(KIND, ROOF, Instant.now(), actor, "wind: north"));
        record(note(actor, "\"behind\":true"));
    }

    private void refused(Exception why) {
        record(
                note(
                        ITSELF,
                        "\"refused\":"
                                + quoted(why.getClass().getSimpleName())
                                + ",\"why\":"
                                + quoted(String.valueOf(why.getMessage()))));
    }

    private void measure() {
        long number = readings.incrementAndGet();
        wind = 8 + Math.sin((double) number);
        measured = Instant.now();
        record(note(ITSELF, "\"reading\":" + number + ",\"wind\":" + wind));
    }

    private void record(JournalRecord fact) {
        outbox.add(Entry.of(newId(), fact));
    }

    private JournalRecord note(Actor actor, String what) {
        String body = "{\"version\":" + quoted(version) + "," + what + "}";
        return new JournalRecord(KIND, ROOF, Instant.now(), actor, body);
    }

    /**
     * UUID version 7; a short form of {@code TimeOrderedIds}, which parts have from {@code
     * support}.
     */
    private static UUID newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                System.currentTimeMillis() << 16 | VERSION_7 | random.nextInt(0x1000),
                VARIANT | random.nextLong() >>> 2);
    }

    private static String quoted(String text) {
        return '"' + text.replaceAll("[\\\\\"\\p{Cntrl}]", " ") + '"';
    }
}

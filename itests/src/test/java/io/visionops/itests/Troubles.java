package io.visionops.itests;

import io.visionops.itests.CameraJournal.Entered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets cameras have their troubles at the same time, and reads from the journal what was made of
 * it.
 */
final class Troubles {

    /** Longer than a probe of {@link #SETTINGS} and the first frame after it. */
    private static final int RECOVERY_SECONDS = 60;

    /** A slow probe that a test can wait for; all else is as it is delivered. */
    private static final String[] SETTINGS = {
        "--set", "detector=motion", "--set", "reconnect.probe=10s"
    };

    private final Instance instance;
    private final CameraJournal journal;

    Troubles(Instance instance) {
        this.instance = instance;
        this.journal = new CameraJournal(instance);
    }

    /**
     * What became of one.
     *
     * @param found from the beginning of the fault to the first state that is not well; empty when
     *     there was none
     * @param verdict the state at the end of the fault, with its cause
     * @param named from the beginning to the verdict's cause
     * @param recovered from the end of the fault to frames; empty when they never stopped
     */
    record Outcome(
            Trouble trouble,
            Optional<Duration> found,
            Optional<Entered> verdict,
            Optional<Duration> named,
            Optional<Duration> recovered) {}

    void add(String camera, String url) throws Exception {
        instance.shell(
                        "camera-add",
                        camera,
                        url,
                        SETTINGS[0],
                        SETTINGS[1],
                        SETTINGS[2],
                        SETTINGS[3])
                .expect(0);
    }

    /**
     * Adds the cameras, waits until all stream, and takes them through it; removes them at last.
     */
    List<Outcome> run(List<Trouble> all) throws Exception {
        Instant start = Instant.now();
        for (Trouble one : all) {
            add(one.camera(), one.url());
        }
        for (Trouble one : all) {
            Await.until(60, () -> streamsSince(one.camera(), start));
        }
        // Stable for long enough that no failure of the start is remembered.
        TimeUnit.SECONDS.sleep(3);
        ScheduledExecutorService actors = Executors.newScheduledThreadPool(all.size());
        try {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (Trouble one : all) {
                outcomes.add(actors.submit(() -> live(one)));
            }
            List<Outcome> seen = new ArrayList<>();
            for (Future<Outcome> outcome : outcomes) {
                seen.add(outcome.get());
            }
            return seen;
        } finally {
            actors.shutdownNow();
            for (Trouble one : all) {
                instance.shell("camera-remove", one.camera());
            }
        }
    }

    private boolean streamsSince(String camera, Instant since) throws Exception {
        List<Entered> states = journal.of(camera, since);
        return !states.isEmpty() && states.get(states.size() - 1).isStreaming();
    }

    private Outcome live(Trouble trouble) throws Exception {
        String camera = trouble.camera();
        trouble.ready().run();
        Instant began = Instant.now();
        trouble.begin().run();
        boolean momentary = trouble.lasts().isZero();
        if (momentary) {
            Await.until(
                    RECOVERY_SECONDS, () -> firstNotWell(journal.of(camera, began)).isPresent());
        } else {
            TimeUnit.NANOSECONDS.sleep(
                    trouble.lasts().minus(Duration.between(began, Instant.now())).toNanos());
        }
        List<Entered> during = journal.of(camera, began);
        Instant ended = momentary ? began : Instant.now();
        trouble.end().run();
        Instant repaired = momentary ? began : Instant.now();
        if (!during.isEmpty() && !during.get(during.size() - 1).isStreaming()) {
            Await.until(RECOVERY_SECONDS, () -> streamsSince(camera, ended));
        }
        return outcome(trouble, began, during, repaired, journal.of(camera, ended));
    }

    private static Outcome outcome(
            Trouble trouble,
            Instant began,
            List<Entered> during,
            Instant repaired,
            List<Entered> after) {
        Optional<Entered> verdict = verdict(during);
        Optional<Entered> named =
                during.stream()
                        .filter(one -> verdict.map(Entered::cause).equals(Optional.of(one.cause())))
                        .findFirst();
        Optional<Entered> back = after.stream().filter(Entered::isStreaming).findFirst();
        return new Outcome(
                trouble,
                firstNotWell(during).map(one -> Duration.between(began, one.time())),
                verdict,
                named.map(one -> Duration.between(began, one.time())),
                back.map(one -> Duration.between(repaired, one.time())));
    }

    private static Optional<Entered> firstNotWell(List<Entered> states) {
        return states.stream().filter(one -> !isWell(one)).findFirst();
    }

    private static boolean isWell(Entered entered) {
        return entered.isStreaming() || entered.state().equals("CONNECTING");
    }

    /** The last judgement: a try that has just begun is none. */
    private static Optional<Entered> verdict(List<Entered> during) {
        Optional<Entered> last = Optional.empty();
        for (Entered one : during) {
            if (!isWell(one)) {
                last = Optional.of(one);
            }
        }
        return last;
    }
}

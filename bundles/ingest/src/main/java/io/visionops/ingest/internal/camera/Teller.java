package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraChange;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.support.log.LogContext;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what happens to one camera known: journal, account, listeners and log. Guarded by the
 * feed's lock.
 */
final class Teller {

    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    private static final Predicate<Fault> OF_CAMERA = fault -> !Course.isOfAnalysis(fault);

    private final String camera;
    private final World world;
    private final Account account;

    Teller(String camera, World world, Account account) {
        this.camera = camera;
        this.world = world;
        this.account = account;
    }

    /** A new state. */
    void state(Situation situation, Instant since, String more) {
        CameraState state = situation.state();
        // While it is tried again the old fault is still known, but not news.
        Optional<Fault> fault =
                state == CameraState.CONNECTING ? Optional.empty() : situation.fault();
        world.chronicle().state(camera, since, state, fault, more);
        account.state(booked(situation), fault.filter(OF_CAMERA), since, world.ticker().nanos());
        world.senses().listeners().accept(new CameraChange(camera, state, since, fault));
        String words = Chronicle.detail(state, fault, more);
        boolean analysed = fault.filter(Course::isOfAnalysis).isEmpty();
        boolean bad = state == CameraState.BACKOFF || state == CameraState.OFFLINE || !analysed;
        log(() -> say(bad, words));
    }

    /** Another level holds because of what somebody has asked for. */
    void level(ServiceLevel before, ServiceLevel now, LevelRequest asked, LevelRequests standing) {
        StringBuilder words = new StringBuilder();
        words.append(now.words()).append(" instead of ").append(before.words());
        words.append(", asked by ").append(asked.words());
        standing.lowest()
                .filter(lowest -> !lowest.by().equals(asked.by()))
                .ifPresent(lowest -> words.append("; left is ").append(lowest.words()));
        world.chronicle().level(camera, world.clock().instant(), now, words.toString());
        log(() -> say(false, words.toString()));
    }

    /** The state of before goes on under our eyes. */
    void continued(Situation situation) {
        long silent = world.ticker().nanos() - situation.flow().last();
        Instant last = world.clock().instant().minusNanos(silent);
        account.resume(booked(situation), situation.fault().filter(OF_CAMERA), last);
    }

    /**
     * The state without what is wrong with the analysis: the account is of what there was to see,
     * and how much of it was looked at is told by the analysis.
     */
    private static CameraState booked(Situation situation) {
        boolean well = !situation.flow().slow() && situation.fault().filter(OF_CAMERA).isEmpty();
        return situation.state() == CameraState.DEGRADED && well
                ? CameraState.STREAMING
                : situation.state();
    }

    /** A person is needed. */
    void alert(Fault fault, Instant at) {
        world.chronicle().alert(camera, at, fault);
        log(() -> LOG.error("camera {} needs a person: {}", camera, Chronicle.words(fault)));
    }

    private void say(boolean bad, String words) {
        if (bad) {
            LOG.warn("camera {}: {}", camera, words);
        } else {
            LOG.info("camera {}: {}", camera, words);
        }
    }

    /** From the camera's own thread, or from one that looks after all of them. */
    private void log(Runnable line) {
        LogContext context = LogContext.camera(camera);
        try {
            line.run();
        } finally {
            context.close();
        }
    }
}

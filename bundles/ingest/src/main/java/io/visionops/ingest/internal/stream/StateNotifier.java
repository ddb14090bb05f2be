package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraChange;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.coverage.CameraJournal;
import io.visionops.ingest.internal.coverage.CoverageTracker;
import io.visionops.ingest.internal.state.LevelRequests;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.support.log.LogContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what happens to one camera known: journal, coverage, listeners and log. Guarded by the
 * camera's lock.
 */
final class StateNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(StateNotifier.class);

    private static final Predicate<Fault> OF_CAMERA = fault -> !StateData.isOfAnalysis(fault);

    private final String camera;
    private final CameraJournal journal;
    private final CoverageTracker coverage;
    private final Consumer<CameraChange> listeners;
    private final Clock clock;
    private final Ticker ticker;

    /**
     * @param listeners are told of every change of state; must not block
     */
    StateNotifier(
            String camera,
            CameraJournal journal,
            CoverageTracker coverage,
            Consumer<CameraChange> listeners,
            Clock clock,
            Ticker ticker) {
        this.camera = camera;
        this.journal = journal;
        this.coverage = coverage;
        this.listeners = listeners;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** A new state. */
    void state(StateData stateData, Instant since, String more) {
        CameraState state = stateData.state();
        // While it is tried again the old fault is still known, but not news.
        Optional<Fault> fault =
                state == CameraState.CONNECTING ? Optional.empty() : stateData.fault();
        journal.state(camera, since, state, fault, more);
        coverage.state(booked(stateData), fault.filter(OF_CAMERA), since, ticker.nanos());
        listeners.accept(new CameraChange(camera, state, since, fault));
        String words = CameraJournal.detail(state, fault, more);
        boolean analysed = fault.filter(StateData::isOfAnalysis).isEmpty();
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
        journal.level(camera, clock.instant(), now, words.toString());
        log(() -> say(false, words.toString()));
    }

    /** The state of before goes on under our eyes. */
    void continued(StateData stateData) {
        long silent = ticker.nanos() - stateData.flow().last();
        Instant last = clock.instant().minusNanos(silent);
        coverage.resume(booked(stateData), stateData.fault().filter(OF_CAMERA), last);
    }

    /**
     * The state without what is wrong with the analysis: the coverage is of what there was to see,
     * and how much of it was looked at is told by the analysis.
     */
    private static CameraState booked(StateData stateData) {
        boolean well = !stateData.flow().slow() && stateData.fault().filter(OF_CAMERA).isEmpty();
        return stateData.state() == CameraState.DEGRADED && well
                ? CameraState.STREAMING
                : stateData.state();
    }

    /** A person is needed. */
    void alert(Fault fault, Instant at) {
        journal.alert(camera, at, fault);
        log(() -> LOG.error("camera {} needs a person: {}", camera, CameraJournal.words(fault)));
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

package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraChange;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what happens to one camera known: journal, account, listeners and log. Guarded by the
 * feed's lock.
 */
final class Teller {

    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

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
        account.state(state, fault, since, world.ticker().nanos());
        world.senses().listeners().accept(new CameraChange(camera, state, since, fault));
        String words = Chronicle.detail(state, fault, more);
        if (state == CameraState.BACKOFF || state == CameraState.OFFLINE) {
            LOG.warn("camera {}: {}", camera, words);
        } else {
            LOG.info("camera {}: {}", camera, words);
        }
    }

    /** The state of before goes on under our eyes. */
    void continued(Situation situation) {
        long silent = world.ticker().nanos() - situation.flow().last();
        Instant last = world.clock().instant().minusNanos(silent);
        account.resume(situation.state(), situation.fault(), last);
    }

    /** A person is needed. */
    void alert(Fault fault, Instant at) {
        world.chronicle().alert(camera, at, fault);
        LOG.error("camera {} needs a person: {}", camera, Chronicle.words(fault));
    }
}

package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Accounts for a camera that is to be watched at every moment: brings {@link Timesheet} time. */
public final class LiveAccount implements Account {

    /** A picture stands still for so long before it is called frozen. */
    private static final Duration STILL = Duration.ofSeconds(10);

    private final Timesheet sheet;
    private final Clock clock;
    private final Ticker ticker;

    private LiveAccount(FeedPlan plan, Chronicle chronicle, Clock clock, Ticker ticker) {
        this.sheet = new Timesheet(plan.camera(), plan.fps(), chronicle::fact);
        this.clock = clock;
        this.ticker = ticker;
    }

    /** The account that fits the way in which a camera is read. */
    public static Account of(FeedPlan plan, Chronicle chronicle, Clock clock, Ticker ticker) {
        return plan.isAsap()
                ? new FileAccount(plan, chronicle)
                : new LiveAccount(plan, chronicle, clock, ticker);
    }

    @Override
    public void frame(Instant at, long nanos) {
        sheet.frame(at, clock.instant(), ticker.nanos());
    }

    @Override
    public void tick() {
        sheet.tick(clock.instant(), ticker.nanos());
    }

    @Override
    public void resume(CameraState state, Optional<Fault> fault, Instant last) {
        sheet.resume(state, fault, last, clock.instant(), ticker.nanos());
    }

    @Override
    public void state(CameraState state, Optional<Fault> fault, Instant since, long nanos) {
        Instant at = clock.instant();
        boolean stood = fault.map(Fault::cause).filter(Cause.FROZEN::equals).isPresent();
        sheet.state(state, fault, stood ? at.minus(STILL) : at, at, ticker.nanos());
    }

    @Override
    public void close() {
        sheet.close(clock.instant(), ticker.nanos());
    }
}

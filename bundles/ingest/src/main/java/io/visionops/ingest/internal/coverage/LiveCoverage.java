package io.visionops.ingest.internal.coverage;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.child.Child;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.decoder.StreamProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts for a camera that is to be watched at every moment: brings {@link CoverageTimeline} and
 * {@link StreamMetrics} time.
 */
public final class LiveCoverage implements CoverageTracker {

    private static final Set<Cause> PICTURE =
            EnumSet.of(Cause.FROZEN, Cause.BLACK, Cause.MOVED, Cause.BLURRED);

    private final CoverageTimeline sheet;
    private final StreamMetrics vitals;
    private final Clock clock;
    private final Ticker ticker;

    /** Monotonic, since when the picture has been wrong. */
    private Optional<Long> wrong = Optional.empty();

    /** What the decoder told last, and what that means. */
    private String progress = "";

    private Optional<StreamProgress> volume = Optional.empty();

    /** Whether the camera was in any state before. */
    private boolean known;

    private LiveCoverage(
            DecoderSettings plan, CameraJournal chronicle, Clock clock, Ticker ticker) {
        this.sheet = new CoverageTimeline(plan.camera(), plan.fps(), chronicle::fact);
        this.vitals = new StreamMetrics(plan.camera(), clock.instant(), chronicle::fact);
        this.clock = clock;
        this.ticker = ticker;
    }

    /** The account that fits the way in which a camera is read. */
    public static CoverageTracker of(
            DecoderSettings plan, CameraJournal chronicle, Clock clock, Ticker ticker) {
        return plan.isAsap()
                ? new FileCoverage(plan, chronicle)
                : new LiveCoverage(plan, chronicle, clock, ticker);
    }

    @Override
    public void frame(Instant at, long nanos) {
        sheet.frame(at, clock.instant(), ticker.nanos());
        vitals.frame(nanos);
    }

    @Override
    public void tick() {
        sheet.tick(clock.instant(), ticker.nanos());
        vitals.tick(clock.instant(), ticker.nanos());
    }

    @Override
    public void decoder(Child child) {
        String line = child.progress().orElse("");
        // Asked for twice a second, and another one every ten seconds.
        if (!line.equals(progress)) {
            progress = line;
            volume = StreamProgress.of(line);
        }
        volume.ifPresent(read -> vitals.read(child.process().pid(), read));
    }

    @Override
    public void pictureWrong(long since) {
        wrong = Optional.of(since);
    }

    @Override
    public void resume(CameraState state, Optional<Fault> fault, Instant last) {
        known = true;
        sheet.resume(state, fault, last, clock.instant(), ticker.nanos());
    }

    @Override
    public void state(CameraState state, Optional<Fault> fault, Instant since, long nanos) {
        Instant at = clock.instant();
        Duration before =
                fault.map(Fault::cause)
                        .filter(PICTURE::contains)
                        .flatMap(cause -> wrong)
                        .map(began -> Duration.ofNanos(ticker.nanos() - began))
                        .orElse(Duration.ZERO);
        sheet.state(state, fault, at.minus(before), at, ticker.nanos());
        vitals.state(state, known, nanos);
        known = true;
    }

    @Override
    public void close() {
        sheet.close(clock.instant(), ticker.nanos());
        vitals.close();
    }
}

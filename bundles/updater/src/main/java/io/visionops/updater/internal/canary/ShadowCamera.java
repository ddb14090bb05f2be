package io.visionops.updater.internal.canary;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.CameraTrust;
import io.visionops.api.camera.DecoderStatus;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.frame.LeaseException;
import io.visionops.api.frame.Picture;
import io.visionops.api.subject.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A camera as the analysis on trial sees it: copies of the frames, and nothing that is asked of it
 * is done. Thread-safe.
 */
final class ShadowCamera implements Camera {

    private static final String FAILED = "failed";

    private final Camera camera;
    private final AtomicLong analysed = new AtomicLong();
    private final AtomicLong gated = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile Optional<Fault> fault = Optional.empty();

    ShadowCamera(Camera camera) {
        this.camera = camera;
    }

    /** What keeps the analysis on trial from finding anything. */
    Optional<Fault> fault() {
        return fault;
    }

    @Override
    public FrameLease leaseFrames() throws LeaseException {
        FrameLease copies = camera.observeFrames();
        return new FrameLease() {

            @Override
            public Optional<Frame> take(Duration atMost) throws InterruptedException {
                return copies.take(atMost);
            }

            @Override
            public void settle(Frame frame, FrameOutcome outcome) {
                count(outcome);
                copies.settle(frame, outcome);
            }

            @Override
            public void close() {
                copies.close();
            }
        };
    }

    private void count(FrameOutcome outcome) {
        switch (outcome) {
            case ANALYSED -> analysed.incrementAndGet();
            case GATED -> gated.incrementAndGet();
            case FAILED -> failed.incrementAndGet();
            case ABANDONED -> {}
        }
    }

    @Override
    public FrameLease observeFrames() throws LeaseException {
        throw new LeaseException("this is a copy of camera " + settings().name() + " itself");
    }

    @Override
    public FrameCounts counts() {
        long looked = analysed.get() + gated.get();
        return new FrameCounts(
                looked + failed.get(),
                analysed.get(),
                gated.get(),
                Map.of(FAILED, failed.get()),
                0);
    }

    @Override
    public CameraSettings settings() {
        return camera.settings();
    }

    @Override
    public CameraStatus status() {
        return camera.status();
    }

    @Override
    public Optional<Picture> latest() {
        return camera.latest();
    }

    @Override
    public Optional<DecoderStatus> connection() {
        return camera.connection();
    }

    @Override
    public void reconnect(Actor by) {}

    @Override
    public void acceptView(Actor by) {}

    @Override
    public List<CameraTrust> trust() {
        return camera.trust();
    }

    @Override
    public boolean acceptIdentity(Actor by) {
        return false;
    }

    @Override
    public void renew(Actor by) {}

    @Override
    public void request(LevelRequest request) {}

    @Override
    public List<LevelRequest> requests() {
        return camera.requests();
    }

    @Override
    public ServiceLevel level() {
        return camera.level();
    }

    @Override
    public void analysisFault(Optional<Fault> told) {
        fault = told;
    }
}

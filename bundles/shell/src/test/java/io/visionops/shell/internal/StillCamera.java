package io.visionops.shell.internal;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.CameraTrust;
import io.visionops.api.camera.DecoderStatus;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.camera.Source;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.Picture;
import io.visionops.api.subject.Actor;
import io.visionops.testkit.FakeProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A camera in a state that the test chooses. */
record StillCamera(
        CameraSettings settings,
        CameraStatus status,
        FrameCounts counts,
        Optional<Picture> latest,
        AtomicInteger reconnects,
        AtomicInteger acceptedViews,
        Optional<DecoderStatus> connection,
        AtomicInteger renewals,
        List<LevelRequest> requests,
        List<CameraTrust> trust)
        implements Camera {

    static StillCamera of(CameraSettings settings, CameraStatus status, FrameCounts counts) {
        return new StillCamera(settings, status, counts, Optional.empty());
    }

    StillCamera(
            CameraSettings settings,
            CameraStatus status,
            FrameCounts counts,
            Optional<Picture> latest) {
        this(
                settings,
                status,
                counts,
                latest,
                new AtomicInteger(),
                new AtomicInteger(),
                status.lastFrame().map(streams -> CONNECTION),
                new AtomicInteger(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    private static final DecoderStatus CONNECTION =
            new DecoderStatus(
                    new FakeProcess(42),
                    1,
                    Optional.of(Source.Transport.UDP),
                    ServiceLevel.reduced(2),
                    45_000_000,
                    Duration.ofMillis(1500),
                    0.123456);

    /** Streams since the hour at 25 fps. */
    static CameraStatus streaming(String name) {
        return new CameraStatus(
                name,
                CameraState.STREAMING,
                Instant.parse("2026-01-01T09:00:00Z"),
                Optional.empty(),
                24.987654,
                1920,
                1080,
                Optional.of(Instant.parse("2026-01-01T11:59:59.987654321Z")),
                2,
                0,
                "rtsp://***@10.0.0.1/s");
    }

    /** Does not stream and never did. */
    static CameraStatus lost(String name, CameraState state, Fault fault) {
        return new CameraStatus(
                name,
                state,
                Instant.parse("2026-01-01T11:00:00.5Z"),
                Optional.of(fault),
                0,
                0,
                0,
                Optional.empty(),
                7,
                8,
                "rtsp://10.0.0.2/s");
    }

    @Override
    public FrameLease observeFrames() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FrameLease leaseFrames() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reconnect(Actor by) {
        reconnects.incrementAndGet();
    }

    @Override
    public void acceptView(Actor by) {
        acceptedViews.incrementAndGet();
    }

    @Override
    public boolean acceptIdentity(Actor by) {
        boolean refused = trust.stream().anyMatch(one -> one.refused().isPresent());
        trust.replaceAll(one -> new CameraTrust(one.endpoint(), one.refused(), Optional.empty()));
        return refused;
    }

    @Override
    public void renew(Actor by) {
        renewals.incrementAndGet();
    }

    @Override
    public void request(LevelRequest request) {
        requests.removeIf(one -> one.by().equals(request.by()));
        if (!request.level().equals(ServiceLevel.FULL)) {
            requests.add(request);
        }
        requests.sort(Comparator.comparing(LevelRequest::level));
    }

    @Override
    public ServiceLevel level() {
        return ServiceLevel.lowestOf(requests.stream().map(LevelRequest::level).toList());
    }

    @Override
    public void analysisFault(Optional<Fault> fault) {}
}

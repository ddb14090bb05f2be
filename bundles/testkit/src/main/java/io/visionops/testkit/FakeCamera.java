package io.visionops.testkit;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.CameraTrust;
import io.visionops.api.camera.DecoderStatus;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.PictureLimits;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.camera.Source;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.LeaseException;
import io.visionops.api.frame.Picture;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Zone;
import io.visionops.api.subject.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A camera that streams what the test puts into its queue. */
public final class FakeCamera implements Camera {

    private final CameraSettings settings;
    private final FakeFrameQueue frames;
    private final FakeFrameQueue observed = new FakeFrameQueue();
    private final List<LevelRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Optional<Fault>> analysisFaults = new CopyOnWriteArrayList<>();
    private volatile CameraState state = CameraState.STREAMING;
    private volatile Optional<Instant> lastFrame = Optional.empty();

    public FakeCamera(CameraSettings settings) {
        this(settings, new FakeFrameQueue());
    }

    /** A second service for the same stream, as after a change of settings. */
    public FakeCamera(CameraSettings settings, FakeFrameQueue frames) {
        this.settings = settings;
        this.frames = frames;
    }

    /** 10 frames a second, persons and what moves, no line and no zone. */
    public static CameraSettings settings(String name) {
        return settings(name, List.of(), List.of());
    }

    public static CameraSettings settings(String name, List<Line> lines, List<Zone> zones) {
        return settings(
                name,
                new DetectionSettings(
                        10, 640, "auto", Set.of("person", "moving"), 0.5, lines, zones, List.of()));
    }

    public static CameraSettings settings(String name, DetectionSettings analysis) {
        return new CameraSettings(
                name,
                true,
                5,
                new Source(
                        "file:/fake.mp4",
                        List.of(),
                        Source.Pace.NATIVE,
                        false,
                        Source.Transport.TCP),
                analysis,
                new ReconnectPolicy(
                        Duration.ofSeconds(1), Duration.ofMinutes(1), 10, Duration.ofMinutes(5)),
                PictureLimits.DEFAULTS);
    }

    @Override
    public CameraSettings settings() {
        return settings;
    }

    /** What {@link #status} says from now on. */
    public void turn(CameraState to, Optional<Instant> newestFrame) {
        state = to;
        lastFrame = newestFrame;
    }

    @Override
    public CameraStatus status() {
        return new CameraStatus(
                settings.name(),
                state,
                Instant.EPOCH,
                Optional.empty(),
                settings.analysis().fps(),
                settings.analysis().width(),
                0,
                lastFrame,
                0,
                0,
                settings.source().masked());
    }

    /** What its consumer takes frames from. */
    public FakeFrameQueue frames() {
        return frames;
    }

    @Override
    public FrameCounts counts() {
        return frames.counts();
    }

    @Override
    public FrameLease leaseFrames() throws LeaseException {
        return frames.lease();
    }

    @Override
    public FrameLease observeFrames() throws LeaseException {
        return observed.lease();
    }

    /** What its observer takes frames from. */
    public FakeFrameQueue observed() {
        return observed;
    }

    @Override
    public Optional<Picture> latest() {
        return Optional.empty();
    }

    @Override
    public Optional<DecoderStatus> connection() {
        return Optional.empty();
    }

    @Override
    public void reconnect(Actor by) {}

    @Override
    public void acceptView(Actor by) {}

    @Override
    public List<CameraTrust> trust() {
        return List.of();
    }

    @Override
    public boolean acceptIdentity(Actor by) {
        return false;
    }

    @Override
    public void renew(Actor by) {}

    @Override
    public void request(LevelRequest request) {
        requests.removeIf(one -> one.by().equals(request.by()));
        if (!request.level().equals(ServiceLevel.FULL)) {
            requests.add(request);
        }
    }

    @Override
    public List<LevelRequest> requests() {
        return requests.stream().sorted(Comparator.comparing(LevelRequest::level)).toList();
    }

    @Override
    public ServiceLevel level() {
        return ServiceLevel.lowestOf(requests.stream().map(LevelRequest::level).toList());
    }

    @Override
    public void analysisFault(Optional<Fault> fault) {
        analysisFaults.add(fault);
    }

    /** Everything that its analysis has said of itself, oldest first. */
    public List<Optional<Fault>> analysisFaults() {
        return analysisFaults;
    }
}

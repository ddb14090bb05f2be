package io.visionops.ingest.internal.health;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.CameraTrust;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.DecoderStatus;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Incident;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.camera.Source;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.Picture;
import io.visionops.api.subject.Actor;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cameras in whatever state a test wants them to be. */
final class FakeCameras implements Cameras {

    final List<Camera> all = new ArrayList<>();
    final List<ConfigurationError> refusals = new ArrayList<>();
    final List<Incident> incidents = new ArrayList<>();

    Scripted add(String name) {
        Scripted camera = new Scripted(FakeCamera.settings(name));
        all.add(camera);
        return camera;
    }

    /** One of them; says what was asked of it. */
    static final class Scripted implements Camera {

        private final CameraSettings settings;
        final List<String> asked = new ArrayList<>();
        CameraState state = CameraState.STREAMING;
        Optional<Fault> fault = Optional.empty();
        Optional<Instant> lastFrame = Optional.empty();
        Optional<DecoderStatus> connection = Optional.empty();
        int failures;
        FrameCounts counts = new FrameCounts(0, 0, 0, Map.of(), 0);

        Scripted(CameraSettings settings) {
            this.settings = settings;
        }

        Scripted lost(Cause cause) {
            state = CameraState.BACKOFF;
            failures = 3;
            fault = Optional.of(new Fault(cause, ""));
            return this;
        }

        Scripted decoded() {
            connection =
                    Optional.of(
                            new DecoderStatus(
                                    new FakeProcess(1),
                                    0,
                                    Optional.<Source.Transport>empty(),
                                    ServiceLevel.FULL,
                                    0,
                                    Duration.ZERO,
                                    0));
            return this;
        }

        @Override
        public CameraSettings settings() {
            return settings;
        }

        @Override
        public CameraStatus status() {
            return new CameraStatus(
                    settings.name(),
                    state,
                    Instant.EPOCH,
                    fault,
                    5,
                    640,
                    360,
                    lastFrame,
                    2,
                    failures,
                    "file:/fake.mp4");
        }

        @Override
        public FrameCounts counts() {
            return counts;
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
        public Optional<Picture> latest() {
            return Optional.empty();
        }

        @Override
        public Optional<DecoderStatus> connection() {
            return connection;
        }

        @Override
        public void reconnect(Actor by) {
            asked.add("reconnect");
        }

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
        public void renew(Actor by) {
            asked.add("renew");
        }

        @Override
        public void request(LevelRequest request) {}

        @Override
        public List<LevelRequest> requests() {
            return List.of();
        }

        @Override
        public ServiceLevel level() {
            return ServiceLevel.FULL;
        }

        @Override
        public void analysisFault(Optional<Fault> fault) {}
    }

    @Override
    public List<Camera> list() {
        return all;
    }

    @Override
    public List<ConfigurationError> refusals() {
        return refusals;
    }

    @Override
    public List<Incident> incidents() {
        return incidents;
    }

    @Override
    public void add(String name, Map<String, String> settings, Actor by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String name, Actor by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void enable(String name, boolean enabled, Actor by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConnectionTest test(String nameOrUrl, Duration limit) {
        throw new UnsupportedOperationException();
    }
}

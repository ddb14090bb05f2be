package io.visionops.health.internal.governor;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.Incident;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.subject.Actor;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeFrameQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Cameras that a test adds. */
final class TestCameras implements Cameras {

    final List<Camera> cameras = new CopyOnWriteArrayList<>();

    static CameraSettings settings(String name, int priority, int fps) {
        CameraSettings base = FakeCamera.settings(name);
        var analysis = base.analysis();
        return new CameraSettings(
                name,
                true,
                priority,
                base.source(),
                new io.visionops.api.camera.DetectionSettings(
                        fps,
                        analysis.width(),
                        analysis.detector(),
                        analysis.objects(),
                        analysis.minScore(),
                        analysis.lines(),
                        analysis.zones(),
                        analysis.masks()),
                base.reconnect(),
                base.picture());
    }

    static CameraSettings disabled(CameraSettings settings) {
        return new CameraSettings(
                settings.name(),
                false,
                settings.priority(),
                settings.source(),
                settings.analysis(),
                settings.reconnect(),
                settings.picture());
    }

    /** Frames whose fate a test tells. */
    static final class Counted extends FakeFrameQueue {

        private FrameCounts counts = new FrameCounts(0, 0, 0, Map.of(), 0);

        void set(long analysed, long superseded, long overflow) {
            counts =
                    new FrameCounts(
                            analysed + superseded + overflow,
                            analysed,
                            0,
                            Map.of("superseded", superseded, "overflow", overflow),
                            0);
        }

        @Override
        public synchronized FrameCounts counts() {
            return counts;
        }
    }

    Camera add(String name, int priority) {
        Camera camera = new FakeCamera(settings(name, priority, 10));
        cameras.add(camera);
        return camera;
    }

    ServiceLevel levelOf(String name) {
        return cameras.stream()
                .filter(one -> one.settings().name().equals(name))
                .findFirst()
                .orElseThrow()
                .level();
    }

    @Override
    public List<Camera> list() {
        return List.copyOf(cameras);
    }

    @Override
    public List<ConfigurationError> refusals() {
        return List.of();
    }

    @Override
    public List<Incident> incidents() {
        return List.of();
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

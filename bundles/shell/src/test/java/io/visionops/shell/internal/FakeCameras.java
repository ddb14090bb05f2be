package io.visionops.shell.internal;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraException;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.Incident;
import io.visionops.api.subject.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Remembers what was asked for; the test says what there is. */
final class FakeCameras implements Cameras {

    final List<Camera> cameras = new ArrayList<>();
    final List<ConfigurationError> refusals = new ArrayList<>();
    final List<ConfigurationError> warnings = new ArrayList<>();
    final List<Incident> incidents = new ArrayList<>();

    /** Names of secrets by camera. */
    final Map<String, Set<String>> secrets = new TreeMap<>();

    /** One line a change, as it arrived. */
    final List<String> changes = new ArrayList<>();

    /** Names of the threads that asked for the changes. */
    final List<String> threads = new ArrayList<>();

    /** What every change is answered with. */
    Optional<CameraException> refuses = Optional.empty();

    ConnectionTest connection = new ConnectionTest(List.of());

    @Override
    public List<Camera> list() {
        return List.copyOf(cameras);
    }

    @Override
    public List<ConfigurationError> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public List<ConfigurationError> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public List<Incident> incidents() {
        return List.copyOf(incidents);
    }

    @Override
    public Map<String, Set<String>> secretsUsed() {
        return secrets;
    }

    @Override
    public void add(String name, Map<String, String> settings, Actor by) throws CameraException {
        change("add " + name + " " + new TreeMap<>(settings));
    }

    @Override
    public void remove(String name, Actor by) throws CameraException {
        change("remove " + name);
        secrets.remove(name);
    }

    @Override
    public void enable(String name, boolean enabled, Actor by) throws CameraException {
        change("enable " + name + " " + enabled);
    }

    @Override
    public ConnectionTest test(String nameOrUrl, Duration limit) throws CameraException {
        change("test " + nameOrUrl + " " + limit);
        return connection;
    }

    private void change(String what) throws CameraException {
        if (refuses.isPresent()) {
            throw refuses.get();
        }
        changes.add(what);
        threads.add(Thread.currentThread().getName());
    }
}

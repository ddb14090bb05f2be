package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraException;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.camera.Incident;
import io.visionops.api.subject.Actor;
import io.visionops.ingest.internal.config.CameraFile;
import io.visionops.ingest.internal.config.CameraFolder;
import io.visionops.ingest.internal.config.FolderWatch;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.config.Secrets;
import io.visionops.ingest.internal.config.SettingsReader;
import io.visionops.ingest.internal.connectiontest.ConnectionTrial;
import io.visionops.ingest.internal.stream.StreamSupervisor;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Changes cameras by changing their files, and waits until the change has come in from there: so
 * there is one way in, whoever makes the change. Thread-safe.
 */
public final class ConfiguredCameras implements Cameras {

    /** What we have written is read at once; a file in Karaf's format comes by config admin. */
    private static final Duration IN_FORCE = Duration.ofSeconds(10);

    private static final Duration GONE = Duration.ofSeconds(10);

    private final CameraRegistry registry;
    private final CameraFolder folder;
    private final FolderWatch watch;
    private final Secrets secrets;
    private final ConnectionTrial trial;

    public ConfiguredCameras(
            CameraRegistry registry,
            CameraFolder folder,
            FolderWatch watch,
            Secrets secrets,
            ConnectionTrial trial) {
        this.watch = watch;
        this.secrets = secrets;
        this.registry = registry;
        this.folder = folder;
        this.trial = trial;
    }

    @Override
    public List<Camera> list() {
        return registry.cameras();
    }

    @Override
    public List<ConfigurationError> refusals() {
        return Stream.concat(
                        registry.refusals().stream(),
                        watch.misnamed().entrySet().stream()
                                .map(one -> new ConfigurationError(one.getKey(), one.getValue())))
                .sorted(Comparator.comparing(ConfigurationError::file))
                .toList();
    }

    @Override
    public List<ConfigurationError> warnings() {
        return registry.snapshot().warnings();
    }

    @Override
    public List<Incident> incidents() {
        return registry.incidents();
    }

    @Override
    public Map<String, Set<String>> secretsUsed() {
        return registry.snapshot().secretsUsed();
    }

    @Override
    public void add(String name, Map<String, String> settings, Actor by) throws CameraException {
        CameraFile file = CameraFile.of(name);
        validate(file, settings);
        if (registry.snapshot().find(name).isPresent() || folder.exists(file)) {
            throw new CameraException("camera " + name + " exists: etc/" + file.file());
        }
        long before = registry.counts().of(name);
        try {
            folder.create(file, settings);
            watch.lookAtOwn(file);
        } catch (IllegalArgumentException e) {
            throw new CameraException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new CameraException("etc/" + file.file() + " cannot be written: " + e, e);
        }
        awaitInForce(file, before);
        Optional<String> refusal = refusal(name);
        if (refusal.isPresent()) {
            discard(file);
            throw new CameraException(refusal.get());
        }
        registry.audit(name, "camera-add", by);
    }

    private void validate(CameraFile file, Map<String, String> settings) throws CameraException {
        try {
            SettingsReader.read(file, settings, secrets);
        } catch (InvalidSetting e) {
            throw new CameraException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Takes back a file that was refused, so that the name is free when the call returns. */
    private void discard(CameraFile file) throws CameraException {
        long before = registry.counts().of(file.camera());
        try {
            folder.delete(file);
            watch.lookAtOwn(file);
        } catch (IOException e) {
            throw new CameraException("etc/" + file.file() + " cannot be removed: " + e, e);
        }
        awaitInForce(file, before);
    }

    private Optional<String> refusal(String name) {
        return registry.snapshot().find(name).flatMap(RegisteredCamera::refusal);
    }

    @Override
    public void remove(String name, Actor by) throws CameraException {
        RegisteredCamera seen = existing(name);
        long before = registry.counts().of(name);
        try {
            folder.delete(seen.file());
            watch.lookAtOwn(seen.file());
        } catch (NoSuchFileException e) {
            throw new CameraException(
                    "camera " + name + " has no file etc/" + seen.file().file(), e);
        } catch (IOException e) {
            throw new CameraException("etc/" + seen.file().file() + " cannot be removed: " + e, e);
        }
        awaitInForce(seen.file(), before);
        registry.audit(name, "camera-remove", by);
        Optional<StreamSupervisor> supervisor = seen.camera().map(ConfiguredCamera::supervisor);
        if (supervisor.isPresent()) {
            awaitGone(name, supervisor.get());
        }
    }

    private static void awaitGone(String name, StreamSupervisor supervisor) throws CameraException {
        try {
            supervisor.gone().get(GONE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CameraException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CameraException(
                    "camera " + name + " is removed, but its decoder has not ended yet", e);
        }
    }

    @Override
    public void enable(String name, boolean enabled, Actor by) throws CameraException {
        RegisteredCamera seen = existing(name);
        boolean already =
                seen.refusal().isEmpty()
                        && seen.camera()
                                .map(camera -> camera.settings().enabled() == enabled)
                                .orElse(false);
        if (already) {
            return;
        }
        long before = registry.counts().of(name);
        try {
            folder.set(seen.file(), "enabled", String.valueOf(enabled));
            watch.lookAtOwn(seen.file());
        } catch (IOException e) {
            throw new CameraException("etc/" + seen.file().file() + " cannot be written: " + e, e);
        }
        awaitInForce(seen.file(), before);
        Optional<String> refusal = refusal(name);
        if (refusal.isPresent()) {
            throw new CameraException("etc/" + seen.file().file() + ": " + refusal.get());
        }
        registry.audit(name, enabled ? "camera-enable" : "camera-disable", by);
    }

    private RegisteredCamera existing(String name) throws CameraException {
        return registry.snapshot()
                .find(name)
                .orElseThrow(() -> new CameraException("there is no camera " + name));
    }

    private void awaitInForce(CameraFile file, long before) throws CameraException {
        try {
            if (!registry.counts().await(file.camera(), before, IN_FORCE)) {
                throw new CameraException(
                        "etc/"
                                + file.file()
                                + " is changed, but that is not in force after "
                                + IN_FORCE.toSeconds()
                                + " s: is the folder etc watched?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CameraException("interrupted", e);
        }
    }

    @Override
    public ConnectionTest test(String nameOrUrl, Duration limit) throws CameraException {
        Optional<ConfiguredCamera> configured =
                registry.snapshot().find(nameOrUrl).flatMap(RegisteredCamera::camera);
        if (configured.isPresent()) {
            CameraSettings settings = configured.get().settings();
            DetectionSettings analysis = settings.analysis();
            return trial.run(
                    settings.source(),
                    configured.get().identity(),
                    analysis.fps(),
                    analysis.width(),
                    limit);
        }
        if (CameraFile.isName(nameOrUrl)) {
            throw new CameraException("there is no camera " + nameOrUrl);
        }
        return trial.run(nameOrUrl, limit);
    }
}

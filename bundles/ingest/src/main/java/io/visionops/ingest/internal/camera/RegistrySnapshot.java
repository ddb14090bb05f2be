package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.ingest.internal.config.LineReach;
import io.visionops.ingest.internal.stream.StreamSupervisor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All configurations at one moment. Immutable: whoever asks waits for no change of cameras. */
final class RegistrySnapshot {

    static final RegistrySnapshot EMPTY = new RegistrySnapshot(List.of());

    /** Ordered by file. */
    private final List<RegisteredCamera> all;

    RegistrySnapshot(Collection<RegisteredCamera> all) {
        this.all =
                all.stream()
                        .sorted(Comparator.comparing((RegisteredCamera one) -> one.file().file()))
                        .toList();
    }

    static RegistrySnapshot of(Collection<CameraEntry> entries) {
        return new RegistrySnapshot(entries.stream().map(CameraEntry::registered).toList());
    }

    /** Every camera that has been configured rightly once, ordered by name. */
    List<Camera> cameras() {
        return all.stream()
                .flatMap(one -> one.camera().stream())
                .map(Camera.class::cast)
                .sorted(Comparator.comparing(camera -> camera.settings().name()))
                .toList();
    }

    /** Of the cameras that are enabled. */
    List<StreamSupervisor> supervisors() {
        List<StreamSupervisor> supervisors = new ArrayList<>(all.size());
        for (RegisteredCamera one : all) {
            StreamSupervisor supervisor =
                    one.camera().map(ConfiguredCamera::supervisor).orElse(null);
            if (supervisor != null) {
                supervisors.add(supervisor);
            }
        }
        return supervisors;
    }

    /** Configurations that are not in force, ordered by file. */
    List<ConfigurationError> refusals() {
        List<ConfigurationError> refusals = new ArrayList<>();
        for (RegisteredCamera one : all) {
            one.refusal()
                    .ifPresent(
                            reason ->
                                    refusals.add(
                                            new ConfigurationError(one.file().file(), reason)));
        }
        return refusals;
    }

    /** Of configurations that are in force, ordered by file. */
    List<ConfigurationError> warnings() {
        List<ConfigurationError> warnings = new ArrayList<>();
        for (RegisteredCamera one : all) {
            one.camera().stream()
                    .flatMap(camera -> LineReach.warnings(camera.settings().analysis()).stream())
                    .forEach(
                            words ->
                                    warnings.add(new ConfigurationError(one.file().file(), words)));
        }
        return warnings;
    }

    /** By camera, the secrets that it names or runs with. */
    Map<String, Set<String>> secretsUsed() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (RegisteredCamera one : all) {
            if (!one.secrets().isEmpty()) {
                used.computeIfAbsent(one.file().camera(), unused -> new TreeSet<>())
                        .addAll(one.secrets());
            }
        }
        return used;
    }

    /** Of two files for one camera the one that is in force. */
    Optional<RegisteredCamera> find(String name) {
        return all.stream()
                .filter(one -> one.file().camera().equals(name))
                .max(Comparator.comparing(one -> one.camera().isPresent()));
    }
}

package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.ConfigurationError;
import io.visionops.ingest.internal.config.CameraFile;
import io.visionops.ingest.internal.config.InvalidSetting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrySnapshotTest {

    private static final Optional<String> WELL = Optional.empty();

    @TempDir Path folder;

    private ConfiguredCamera disabled(String name, String... more) throws InvalidSetting {
        return new ConfiguredCamera(
                FakeStreams.settings(name, more), new FakeStreams(folder).context);
    }

    private static RegisteredCamera refused(CameraFile file, String why, String... secrets) {
        return new RegisteredCamera(file, Optional.empty(), Optional.of(why), Set.of(secrets));
    }

    @Test
    void camerasAreOrderedByNameAndThoseThatNeverRanAreNotAmongThem() throws Exception {
        ConfiguredCamera yard = disabled("yard");
        ConfiguredCamera gate = disabled("gate");

        RegistrySnapshot snapshot =
                new RegistrySnapshot(
                        List.of(
                                registered(yard),
                                refused(CameraFile.of("hall"), "no"),
                                registered(gate)));

        assertThat(snapshot.cameras()).containsExactly(gate, yard);
        assertThat(snapshot.supervisors()).isEmpty();
    }

    private static RegisteredCamera registered(ConfiguredCamera camera) {
        return new RegisteredCamera(
                CameraFile.of(camera.settings().name()), Optional.of(camera), WELL, Set.of());
    }

    @Test
    void refusalsAreOrderedByFile() {
        RegistrySnapshot snapshot =
                new RegistrySnapshot(
                        List.of(
                                refused(CameraFile.of("yard"), "too small"),
                                refused(CameraFile.of("gate"), "too large")));

        assertThat(snapshot.refusals())
                .containsExactly(
                        new ConfigurationError("io.visionops.camera-gate.cfg", "too large"),
                        new ConfigurationError("io.visionops.camera-yard.cfg", "too small"));
    }

    @Test
    void warningsAreOfWhatIsInForce() throws Exception {
        RegisteredCamera warned = registered(disabled("gate", "line.door", "0,1 1,1"));

        RegistrySnapshot snapshot = new RegistrySnapshot(List.of(warned));

        assertThat(snapshot.warnings())
                .isNotEmpty()
                .allMatch(one -> one.file().equals("io.visionops.camera-gate.cfg"));
        assertThat(snapshot.refusals()).isEmpty();
    }

    @Test
    void ofTwoFilesThatOneIsFoundWhichIsInForce() throws Exception {
        RegisteredCamera inForce = registered(disabled("gate"));
        RegisteredCamera other =
                refused(CameraFile.ofFile("io.visionops.camera-gate.config"), "twice");

        assertThat(new RegistrySnapshot(List.of(inForce, other)).find("gate")).contains(inForce);
        assertThat(new RegistrySnapshot(List.of(other, inForce)).find("gate")).contains(inForce);
        assertThat(new RegistrySnapshot(List.of(other)).find("gate")).contains(other);
        assertThat(RegistrySnapshot.EMPTY.find("gate")).isEmpty();
    }

    @Test
    void secretsAreThoseOfAllFilesOfACamera() {
        RegistrySnapshot snapshot =
                new RegistrySnapshot(
                        List.of(
                                refused(CameraFile.of("gate"), "no", "b"),
                                refused(
                                        CameraFile.ofFile("io.visionops.camera-gate.config"),
                                        "no",
                                        "a"),
                                refused(CameraFile.of("yard"), "no")));

        assertThat(snapshot.secretsUsed()).isEqualTo(Map.of("gate", Set.of("a", "b")));
    }
}

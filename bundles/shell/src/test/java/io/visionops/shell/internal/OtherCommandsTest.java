package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildSpec;
import io.visionops.api.child.ChildUsage;
import io.visionops.api.model.ModelException;
import io.visionops.api.model.ModelInfo;
import io.visionops.api.model.Models;
import io.visionops.api.subject.Actor;
import io.visionops.testkit.FakeProcess;
import io.visionops.testkit.InMemoryCheckpoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OtherCommandsTest extends ShellTest {

    private static final ModelInfo NANO =
            new ModelInfo(
                    "yolox-nano",
                    "yolox",
                    "Apache-2.0",
                    Optional.of("https://example.org/yolox_nano.onnx"),
                    Optional.of("abc123"),
                    416,
                    416,
                    true,
                    Optional.of(Duration.ofNanos(15_234_567)));

    private static final ModelInfo OWN =
            new ModelInfo(
                    "mine",
                    "yolov8",
                    "unknown",
                    Optional.empty(),
                    Optional.empty(),
                    640,
                    480,
                    false,
                    Optional.empty());

    private static final String NANO_JSON =
            """
            {"name":"yolox-nano","family":"yolox","licence":"Apache-2.0",\
            "source":"https://example.org/yolox_nano.onnx","sha256":"abc123","width":416,\
            "height":416,"installed":true,"latencyMs":15.23}""";

    /** Knows two models and installs only the first. */
    private static final class FakeModels implements Models {

        @Override
        public List<ModelInfo> list() {
            return List.of(NANO, OWN);
        }

        @Override
        public ModelInfo install(String nameOrFile, Actor by) throws ModelException {
            if (nameOrFile.equals("yolox-nano")) {
                return NANO;
            }
            throw new ModelException(nameOrFile + ": no such file or model");
        }
    }

    @Test
    void modelsAreListed() {
        console.offer(Models.class, new FakeModels());

        assertThat(console.run("model-list --json"))
                .isEqualTo(
                        "["
                                + NANO_JSON
                                + ",{\"name\":\"mine\",\"family\":\"yolov8\",\"licence\":\"unknown\","
                                + "\"source\":null,\"sha256\":null,\"width\":640,\"height\":480,"
                                + "\"installed\":false,\"latencyMs\":null}]\n");
        assertThat(console.run("model-list"))
                .containsPattern("yolox-nano .*yolox .*416x416 .*yes .*15.23 .*Apache-2.0");
        assertThat(console.complete("model-install ")).containsExactly("mine", "yolox-nano");
    }

    @Test
    void aModelIsInstalledOrTheReasonIsSaid() {
        console.offer(Models.class, new FakeModels());

        assertThat(console.run("model-install yolox-nano --json")).isEqualTo(NANO_JSON + "\n");
        assertThat(console.run("model-install yolox-nano"))
                .isEqualTo(
                        "model yolox-nano is installed: yolox, 416x416, licence Apache-2.0,"
                                + " 15.23 ms a frame\n");
        assertThat(console.fail("model-install /no/such/file.onnx"))
                .isEqualTo("/no/such/file.onnx: no such file or model\n");
    }

    @Test
    void checkpointsAreListed() {
        Checkpoints checkpoints = new InMemoryCheckpoints();
        checkpoints
                .save(
                        new Checkpoint(
                                "inference.front", 2, Instant.parse("2026-01-01T11:59:30Z"), "{}"))
                .join();
        console.offer(Checkpoints.class, checkpoints);

        assertThat(console.run("checkpoint-info --json"))
                .isEqualTo(
                        """
                        [{"owner":"inference.front","version":2,\
                        "time":"2026-01-01T11:59:30.000Z","bytes":2,"intact":true}]
                        """);
        assertThat(console.run("checkpoint-info"))
                .containsPattern("inference.front .*2026-01-01 11:59:30[+]00 .*2 .*2 B .*yes");
        assertThat(console.run("checkpoint-info --owner inference.yard --json")).isEqualTo("[]\n");
        assertThat(console.run("checkpoint-info --owner inference.front"))
                .contains("inference.front");
    }

    @Test
    void childProcessesAreListed() {
        console.offer(ChildProcesses.class, new OneChild());

        assertThat(console.run("processes --json"))
                .isEqualTo(
                        """
                        [{"name":"camera-front","pid":4711,"started":"2026-01-01T11:00:00.000Z",\
                        "memory":46000000,"cpuSeconds":360.12,"load":0.101,"held":true}]
                        """);
        assertThat(console.run("processes"))
                .containsPattern(
                        "camera-front .*4711 .*1h 0m ago .*46.0 MB .*360.12 .*0.101 .*yes");
    }

    /** One decoder that has run for an hour. */
    static final class OneChild implements ChildProcesses {

        @Override
        public Child start(ChildSpec spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Child> claim(String name) {
            return Optional.empty();
        }

        @Override
        public List<ChildUsage> usage() {
            return List.of(
                    new ChildUsage(
                            "camera-front",
                            new FakeProcess(4711),
                            Instant.parse("2026-01-01T11:00:00Z"),
                            46_000_000,
                            Duration.ofMillis(360_123),
                            0.1009,
                            true));
        }
    }
}

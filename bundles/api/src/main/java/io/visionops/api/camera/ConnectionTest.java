package io.visionops.api.camera;

import java.time.Duration;
import java.util.List;

/** What a connection test found, stage by stage, up to the first that failed. */
public record ConnectionTest(String maskedUrl, List<Stage> stages) {

    /**
     * One stage.
     *
     * @param name {@code address}, {@code name}, {@code connect}, {@code login}, {@code codec} or
     *     {@code frame}
     * @param detail what was found, or what to do when {@code passed} is false
     */
    public record Stage(String name, boolean passed, String detail, Duration took) {}

    public ConnectionTest {
        stages = List.copyOf(stages);
    }

    public boolean passed() {
        return stages.stream().allMatch(Stage::passed);
    }
}

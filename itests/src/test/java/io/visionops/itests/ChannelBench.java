package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Two thousand calls in a row beside eight cameras: {@code mvn -B verify -Pbench
 * -Dit.test=ChannelBench}.
 */
@Tag("bench")
@Isolated
class ChannelBench {

    private static final int CALLS = 2_000;
    private static final int CAMERAS = 8;

    @Test
    void noneIsCutOffAndNoneHangs() throws Exception {
        Path clip = Clips.of(Scenes.demo());
        ObjectMapper json = new ObjectMapper();
        try (Instance instance = Instance.fresh("channel-bench")) {
            instance.start().expect(0);
            for (int i = 0; i < CAMERAS; i++) {
                instance.shell(
                                "camera-add",
                                "c" + i,
                                "file:" + clip,
                                "--set",
                                "loop=true",
                                "--set",
                                "line.door=0.5,1 0.5,0.2")
                        .expect(0);
            }
            Await.until(
                    60,
                    () ->
                            instance.json("camera-list").findValuesAsText("state").stream()
                                    .allMatch("STREAMING"::equals));
            long[] micros = new long[CALLS];
            long largest = 0;

            for (int i = 0; i < CALLS; i++) {
                boolean wrong = i % 10 == 9;
                List<String> words =
                        wrong
                                ? List.of("shell", "camera-remove", "nobody")
                                : i % 2 == 0
                                        ? List.of("shell", "camera-list", "--json")
                                        : List.of(
                                                "shell",
                                                "tracks",
                                                "--camera",
                                                "c" + i % CAMERAS,
                                                "--json");
                long start = System.nanoTime();
                Instance.Result result = Instance.run(60, instance.command(words));
                micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
                result.expect(wrong ? 1 : 0);
                if (!wrong) {
                    assertThat(json.readTree(result.out()).isArray()).isTrue();
                    largest = Math.max(largest, result.out().length());
                }
            }

            java.util.Arrays.sort(micros);
            System.out.printf(
                    Locale.ROOT,
                    "%d calls: median %d ms, 99 %% %d ms, longest %d ms; largest answer %d bytes%n",
                    CALLS,
                    micros[CALLS / 2] / 1000,
                    micros[CALLS * 99 / 100] / 1000,
                    micros[CALLS - 1] / 1000,
                    largest);
            assertThat(micros[CALLS / 2]).isLessThan(400_000);
        }
    }
}

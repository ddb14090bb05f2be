package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Eight cameras for half an hour: memory stays flat, every frame is accounted for, no process is
 * left.
 */
@Tag("bench")
@Isolated
class SoakBench {

    private static final int CAMERAS = 8;
    private static final int MINUTES = Integer.getInteger("visionops.soak.minutes", 30);

    @Test
    void eightCamerasForHalfAnHour() throws Exception {
        Path clip = Clips.of(Scenes.demo());
        try (Instance instance = Instance.fresh("soak")) {
            List<RtspServer> servers = new ArrayList<>();
            instance.start().expect(0);
            for (int i = 0; i < CAMERAS; i++) {
                RtspServer server = RtspServer.serving(clip);
                servers.add(server);
                instance.shell(
                                "camera-add",
                                "c" + i,
                                server.url(),
                                "--set",
                                "detector=motion",
                                "--set",
                                "line.door=0.5,1 0.5,0.2")
                        .expect(0);
            }
            try {
                List<Long> jvm = new ArrayList<>();
                List<Long> all = new ArrayList<>();
                for (int minute = 1; minute <= MINUTES; minute++) {
                    TimeUnit.MINUTES.sleep(1);
                    assertThatEveryFrameIsAccounted(instance.json("frames"));
                    jvm.add(resident(List.of(instance.jvm())));
                    all.add(resident(instance.processes()));
                }
                int third = Math.max(1, MINUTES / 3);
                double early = median(all.subList(third, Math.min(all.size(), 2 * third)));
                double late = median(all.subList(all.size() - third, all.size()));
                PerformanceBench.row(
                        MINUTES
                                + " min of eight cameras: memory of all processes, middle and last third",
                        String.format(Locale.ROOT, "%.0f MB, %.0f MB", early / 1e6, late / 1e6),
                        "flat (5 %)");
                PerformanceBench.row(
                        "of that the JVM, first and last minute",
                        String.format(
                                Locale.ROOT,
                                "%.0f MB, %.0f MB",
                                jvm.get(0) / 1e6,
                                jvm.get(jvm.size() - 1) / 1e6),
                        "-");
                assertThat(late).isLessThanOrEqualTo(early * 1.05);
            } finally {
                servers.forEach(RtspServer::close);
            }
            instance.stop().expect(0);
            assertThat(instance.processes()).isEmpty();
        }
    }

    private static void assertThatEveryFrameIsAccounted(JsonNode cameras) {
        assertThat(cameras).hasSize(CAMERAS);
        for (JsonNode frames : cameras) {
            Instance.assertThatEveryFrameIsAccounted(frames);
            assertThat(frames.get("analysed").asLong()).as(frames.toString()).isPositive();
        }
    }

    private static long resident(List<ProcessHandle> processes) throws Exception {
        long sum = 0;
        for (ProcessHandle process : processes) {
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    sum += 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        }
        return sum;
    }

    private static double median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}

package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.scene.Scenes;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics and health checks as Prometheus, an admin and a stranger get them. */
class MetricsIT {

    private static final String PASSWORD = "correct horse";

    private static final String PROCESSES_BUILD =
            "visionops_build_info{part=\"processes\",version=\"1.0.0\"} 1";

    private static Instance instance;

    @BeforeAll
    static void start() throws Exception {
        instance = Instance.fresh("metrics");
        instance.start().expect(0);
        Files.writeString(
                instance.etc().resolve("users.properties"),
                """
                vera = %1$s,_g_:viewergroup
                olga = %1$s,_g_:operatorgroup
                walter = %1$s,_g_:admingroup
                nora = %1$s
                """
                        .formatted(PASSWORD),
                StandardOpenOption.APPEND);
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            assertThat(instance.log()).doesNotContain(" ERROR ");
        } finally {
            instance.close();
        }
    }

    @Test
    void metricsNeedALoginAndARole() throws Exception {
        HttpResponse<String> stranger = answer("GET", "/metrics", null, null);
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic realm="));
        assertThat(stranger.body()).doesNotContain("visionops_", "jvm_");
        assertThat(status("/metrics", "vera", "guess")).isEqualTo(401);
        assertThat(instance.log())
                .contains("login refused: user vera over http from 127.0.0.1: wrong password")
                .doesNotContain("guess");
        assertThat(status("/metrics", "nobody", PASSWORD)).isEqualTo(401);
        assertThat(status("/metrics", "nora", PASSWORD)).isEqualTo(403);
        assertThat(status("/metrics", "vera", PASSWORD)).isEqualTo(200);
        assertThat(status("/metrics", "olga", PASSWORD)).isEqualTo(200);
        assertThat(status("/metrics", "walter", PASSWORD)).isEqualTo(200);
        assertThat(answer("POST", "/metrics", "vera", PASSWORD).statusCode()).isEqualTo(403);
    }

    @Test
    void aViewerReadsTheMetricsOfThePartsAndOfTheJvm() throws Exception {
        HttpResponse<String> answer = answer("GET", "/metrics", "vera", PASSWORD);

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain")
                .contains("version=0.0.4");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body())
                .contains(PROCESSES_BUILD)
                .contains("visionops_build_info{part=\"console\"")
                .contains("\nvisionops_children ", "\nvisionops_child_starts_total ")
                .contains("\nvisionops_child_ended_unclaimed_total 0")
                .contains("jvm_memory_used_bytes{", "jvm_threads_live_threads", "jvm_gc_")
                .contains("jvm_classes_loaded_classes", "process_uptime_seconds");
        assertThatNoSeriesIsTwice(answer.body());
    }

    @Test
    void aDecoderIsMeasuredByItsName() throws Exception {
        int port = RtspServer.freePort();
        try (RtspServer server =
                RtspServer.start(port, Clips.of(Scenes.procession(), Duration.ofMinutes(1)), "")) {
            instance.shell("camera-add", "gate", server.url()).expect(0);
            Await.until(60, () -> metrics().contains("visionops_child_memory_bytes{child="));

            String metrics = metrics();
            assertThat(metrics)
                    .contains("visionops_child_memory_bytes{child=\"camera-gate\"}")
                    .contains("visionops_child_cpu_seconds_total{child=\"camera-gate\"}");
            instance.shell("camera-remove", "gate").expect(0);
            Await.until(30, () -> !metrics().contains("{child="));
            assertThat(metrics()).doesNotContain("visionops_child_starts_total 0.0");
        }
    }

    @Test
    void aCameraHasItsMetricsWhichGoOnAfterASwapAndGoWithIt() throws Exception {
        int port = RtspServer.freePort();
        try (RtspServer server =
                RtspServer.start(port, Clips.of(Scenes.procession(), Duration.ofMinutes(1)), "")) {
            instance.shell("camera-add", "yard", server.url()).expect(0);
            Await.until(60, () -> value("visionops_camera_frames_total{camera=\"yard\"}") > 20);
            Await.until(
                    20, () -> metrics().contains("visionops_inference_duration_seconds_bucket"));

            assertThat(metrics())
                    .contains("visionops_camera_up{camera=\"yard\"} 1")
                    .contains("visionops_camera_fps{camera=\"yard\"}")
                    .contains("visionops_camera_last_frame_timestamp_seconds{camera=\"yard\"}")
                    .contains("visionops_camera_reconnects_total{camera=\"yard\"}")
                    .contains("visionops_camera_frames_dropped_total{camera=\"yard\",reason=")
                    .contains("visionops_inference_queue_frames{camera=\"yard\"}")
                    .contains("visionops_inference_detector_used{camera=\"yard\"")
                    .contains("\nvisionops_ingest_journal_waiting_entries ")
                    .contains("\nvisionops_store_up 1", "\nvisionops_store_queue_entries ")
                    .contains("visionops_store_commit_duration_seconds_bucket{le=");
            assertThatNoSeriesIsTwice(metrics());

            double frames = value("visionops_camera_frames_total{camera=\"yard\"}");
            double commits = value("visionops_store_commits_total");
            instance.shell("bundle:restart", "io.visionops.ingest").expect(0);
            Await.until(
                    30,
                    () -> !Double.isNaN(value("visionops_camera_frames_total{camera=\"yard\"}")));
            assertThat(value("visionops_camera_frames_total{camera=\"yard\"}"))
                    .isGreaterThanOrEqualTo(frames);
            instance.shell("bundle:restart", "io.visionops.store").expect(0);
            Await.until(30, () -> !Double.isNaN(value("visionops_store_commits_total")));
            assertThat(value("visionops_store_commits_total")).isGreaterThanOrEqualTo(commits);
            assertThatNoSeriesIsTwice(metrics());

            instance.shell("camera-remove", "yard").expect(0);
            Await.until(30, () -> !metrics().contains("camera=\"yard\""));
        }
    }

    /** Not a number while there is no such series. */
    private static double value(String series) throws Exception {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void aPartThatIsSwappedHasItsMetricsAgainAndNoneTwice() throws Exception {
        for (String part : List.of("processes", "console", "processes", "console")) {
            instance.shell("bundle:restart", "io.visionops." + part).expect(0);

            Await.until(20, () -> metrics().contains("visionops_children "));
            String metrics = metrics();
            assertThat(metrics).contains(PROCESSES_BUILD, "jvm_memory_used_bytes");
            assertThatNoSeriesIsTwice(metrics);
        }
        instance.shell("bundle:stop", "io.visionops.processes").expect(0);
        assertThat(metrics()).doesNotContain("visionops_child", PROCESSES_BUILD);
        instance.shell("bundle:start", "io.visionops.processes").expect(0);
        Await.until(20, () -> metrics().contains("visionops_children "));
    }

    @Test
    void healthChecksAreShownToTheAdminAlone() throws Exception {
        String page = "/system/console/healthcheck?tags=*";

        assertThat(status(page, null, null)).isEqualTo(401);
        assertThat(status(page, "vera", PASSWORD)).isEqualTo(401);
        assertThat(answer("GET", page, "walter", PASSWORD).body())
                .contains("visionops.processes.children", "of 128 children live")
                .contains("visionops.ingest.cameras", "visionops.ingest.frames")
                .contains("visionops.ingest.journal", "visionops.inference.detectors")
                .contains("visionops.inference.journal")
                .contains("visionops.inference.progress", "visionops.store.open")
                .contains("visionops.store.write", "visionops.store.progress");
    }

    /** No page of ours answers without a login, nor does any that a library brings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/metrics",
                "/metrics/",
                "/metrics;a=b",
                "/metrics?name[]=x",
                "/./metrics",
                "/%6detrics",
                "/system/health",
                "/system/health.json",
                "/system/health/visionops.json",
                "/health",
                "/health/live/",
                "/health/live;a=b",
                "/health/ready",
                "/health/tree",
                "/hc",
                "/system/console",
                "/system/console/healthcheck",
                "/system/console/res/ui/admin.css"
            })
    void nothingIsServedToAStranger(String path) throws Exception {
        assertThat(answer("GET", path, null, null).statusCode()).isIn(400, 401, 403, 404);
    }

    @Test
    void scrapingLeavesNoLineInTheLogForEachScrape() throws Exception {
        long before = linesOfLogins();
        for (int i = 0; i < 20; i++) {
            assertThat(status("/metrics", "vera", PASSWORD)).isEqualTo(200);
        }
        assertThat(linesOfLogins() - before).isLessThanOrEqualTo(1);
    }

    private static long linesOfLogins() throws IOException {
        return instance.log().lines().filter(line -> line.contains("login: user vera")).count();
    }

    private static void assertThatNoSeriesIsTwice(String metrics) {
        Set<String> seen = new HashSet<>();
        assertThat(metrics.lines())
                .filteredOn(line -> !line.startsWith("#"))
                .extracting(line -> line.substring(0, line.lastIndexOf(' ')))
                .allMatch(seen::add);
    }

    private static String metrics() throws Exception {
        return answer("GET", "/metrics", "vera", PASSWORD).body();
    }

    private static int status(String path, String user, String password) throws Exception {
        return answer("GET", path, user, password).statusCode();
    }

    private static HttpResponse<String> answer(
            String method, String path, String user, String password) throws Exception {
        return WebPages.of(instance).answer(method, path, user, password);
    }
}

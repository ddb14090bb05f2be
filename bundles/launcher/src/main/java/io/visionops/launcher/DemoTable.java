package io.visionops.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.launcher.channel.Terminals;
import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Wait;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Asks once a second what the demo's camera counts, and shows it. */
final class DemoTable implements Supervisor.Beside {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CALL = Duration.ofSeconds(15);

    /** With that of the start before, a user has an answer within ten seconds. */
    private static final Duration SILENT = Duration.ofSeconds(8);

    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final DataFolder data;
    private final Serving serving;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean live = Terminals.isThere();
    private volatile boolean failed;
    private boolean warned;
    private String lastCamera = "";
    private String lastRows = "";

    DemoTable(DataFolder data, Serving serving, PrintStream out, PrintStream err) {
        this.data = data;
        this.serving = serving;
        this.out = out;
        this.err = err;
    }

    boolean failed() {
        return failed;
    }

    @Override
    public void run(JavaMachine java, Runnable stop) {
        try {
            out.println("cameras   " + serving.await());
            Running running = new Running(data);
            Findings.of(running).forEach(line -> out.println("          " + line));
            watch(java, running);
        } catch (Failure | IOException e) {
            if (java.isAlive() && !Thread.currentThread().isInterrupted()) {
                failed = true;
                err.println("visionops: " + e.getMessage());
                stop.run();
            }
        }
    }

    private void watch(JavaMachine java, Running running) throws IOException {
        long start = System.nanoTime();
        boolean analysed = false;
        while (java.isAlive()) {
            show(running);
            Duration passed = Duration.ofNanos(System.nanoTime() - start);
            if (!analysed && passed.compareTo(SILENT) > 0) {
                analysed = isAnalysed(running);
                if (!analysed) {
                    explain(running, passed);
                }
            }
            Wait.pause(1_000);
        }
    }

    private static boolean isAnalysed(Running running) throws JsonProcessingException {
        try {
            JsonNode frames = JSON.readTree(running.ask("visionops:frames --json", CALL).text());
            return frames.path(0).path("analysed").asLong() > 0;
        } catch (Failure moment) {
            return false;
        }
    }

    /** Says why nothing is looked at, and gives up; later on a camera that still connects. */
    private void explain(Running running, Duration passed) {
        List<String> reasons = Findings.of(running);
        String said =
                reasons.isEmpty()
                        ? "no frame came, and nothing is known to be wrong"
                        : String.join("\n          ", reasons);
        boolean patient = passed.compareTo(PATIENT) < 0 && lastCamera.startsWith("CONNECTING");
        if (!patient) {
            throw new Failure("nothing is counted:\n          " + said);
        }
        if (!warned) {
            err.println("nothing is counted yet:\n          " + said);
            warned = true;
        }
    }

    private void show(Running running) throws JsonProcessingException {
        JsonNode cameras;
        JsonNode counts;
        try {
            cameras = JSON.readTree(running.ask("visionops:camera-list --json", CALL).text());
            counts =
                    JSON.readTree(
                            running.ask("visionops:counts --interval all --json", CALL).text());
        } catch (Failure | JsonProcessingException moment) {
            // Being stopped, or a part is being replaced: the next look tells.
            return;
        }
        print(camera(cameras.path(0)), rows(counts));
    }

    private static String camera(JsonNode camera) {
        String state = camera.path("state").asText("UNKNOWN");
        String cause = camera.path("cause").asText("");
        return cause.isEmpty() || cause.equals("null") ? state : state + ", " + cause;
    }

    static String rows(JsonNode counts) {
        Map<String, long[]> inOut = new TreeMap<>();
        for (JsonNode row : counts) {
            if (row.path("count").isNumber()) {
                String key =
                        String.format(
                                Locale.ROOT,
                                "%-12s %-12s",
                                row.path("line").asText(),
                                row.path("label").asText());
                int direction = row.path("direction").asText().equals("in") ? 0 : 1;
                inOut.computeIfAbsent(key, none -> new long[2])[direction] =
                        row.path("count").asLong();
            }
        }
        StringBuilder rows = new StringBuilder();
        inOut.forEach(
                (key, count) ->
                        rows.append(
                                String.format(
                                        Locale.ROOT,
                                        "%s in %5d   out %5d%n",
                                        key,
                                        count[0],
                                        count[1])));
        return rows.toString();
    }

    private void print(String camera, String rows) {
        if (live) {
            if (!lastCamera.isEmpty()) {
                out.print("\033[" + (1 + lastRows.lines().count()) + "A\033[J");
            }
            out.print("camera    " + camera + "\n" + rows);
        } else {
            if (!camera.equals(lastCamera)) {
                out.println("camera    " + camera);
            }
            if (!rows.equals(lastRows)) {
                out.print(rows);
            }
        }
        out.flush();
        lastCamera = camera;
        lastRows = rows;
    }
}

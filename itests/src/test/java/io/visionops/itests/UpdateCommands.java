package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What the commands of updates say. */
final class UpdateCommands {

    private static final ObjectMapper JSON = new ObjectMapper();

    private UpdateCommands() {}

    static void awaitStage(Instance instance, String stage) {
        Await.until(
                90,
                () -> {
                    String now = stage(instance);
                    assertThat(now)
                            .as(instance.json("update-status").toString())
                            .isNotIn("failed", stage.equals("rolled-back") ? "" : "rolled-back");
                    return now.equals(stage);
                });
    }

    static String stage(Instance instance) throws Exception {
        Instance.Result result = instance.shell("update-status", "--json");
        return result.status() == 0 ? JSON.readTree(result.out()).get("stage").asText() : "";
    }

    /** Of the last update; empty while there is none, or nobody answers. */
    static String outcome(Instance instance) throws Exception {
        Instance.Result result = instance.shell("update-history", "--json");
        JsonNode rows = result.status() == 0 ? JSON.readTree(result.out()) : null;
        return rows == null || rows.isEmpty() ? "" : rows.get(0).get("outcome").asText();
    }

    /** Version and state of each of our bundles; empty while nobody answers. */
    static Map<String, String> versions(Instance instance)
            throws IOException, InterruptedException {
        Map<String, String> versions = new TreeMap<>();
        Instance.Result answer = instance.shell("bundle:list", "-t", "0", "-s", "--no-format");
        if (answer.status() == 0) {
            answer.out()
                    .lines()
                    .filter(line -> line.contains("io.visionops."))
                    .map(line -> line.split("\t"))
                    .forEach(
                            cells ->
                                    versions.put(
                                            cells[cells.length - 1].strip(),
                                            cells[1].strip() + " " + cells[3].strip()));
        }
        return versions;
    }

    /** Of one part; {@code absent} while it is not there. */
    static String version(Instance instance, String part) throws Exception {
        return versions(instance)
                .getOrDefault("io.visionops." + part, "absent")
                .replaceFirst(".* ", "");
    }
}

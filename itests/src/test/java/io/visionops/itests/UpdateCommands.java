package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

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

    static String version(Instance instance, String part) throws Exception {
        String out = instance.shell("bundle:list", "-t", "0", "-s").expect(0).out();
        return out.lines()
                .filter(line -> line.contains("io.visionops." + part))
                .findFirst()
                .map(line -> line.replaceAll(".*[|│] *(1[.][0-9.]+) *[|│].*", "$1"))
                .orElse("absent");
    }
}

package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Bad releases, one after the other, on one instance with two cameras. */
final class UpdateTrial implements AutoCloseable {

    /** A gate that waits for a minute says no more here, and a start takes eight seconds. */
    private static final String[] GATE = {"gate.hold = 10s", "gate.limit = 25s"};

    private static final List<String> CAMERAS = List.of("east", "west");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final NextRelease.Maker maker;
    private final Instance instance;
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> raised = new TreeSet<>();
    private long number = 1;

    /**
     * What came of one.
     *
     * @param found what it was gone back from, or refused, for
     * @param seconds from the command to cameras that are analysed by the version of before
     */
    record Row(BadRelease kind, int level, String found, String outcome, double seconds) {

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s (`%s`) | %s | %s | %s | %.0f |",
                    kind.words(),
                    kind.part(),
                    level == 0 ? "-" : String.valueOf(level),
                    found.replace('|', '/'),
                    outcome,
                    seconds);
        }
    }

    UpdateTrial(String name) throws Exception {
        this.name = name;
        maker = NextRelease.Maker.fresh(name + "-maker");
        instance = Instance.fresh(name);
        maker.trustedBy(instance, GATE);
        Files.writeString(instance.etc().resolve("io.visionops.watchdog.cfg"), "boot = 60s\n");
        instance.start().expect(0);
        Cameras.addLoopingProcessions(instance, CAMERAS);
    }

    Instance instance() {
        return instance;
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Publishes one, installs it, and waits until all is as it was before. */
    Row run(BadRelease kind) throws Exception {
        number++;
        kind.publish(maker, name + "-" + number, number, raised);
        raised.add(kind.part());
        long counted = Cameras.counted(instance, CAMERAS);
        Map<String, String> versions = UpdateCommands.versions(instance);
        long begun = System.nanoTime();
        Instance.Result install = instance.shell("update-install", "--json");
        int level = 0;
        String outcome = "refused";
        String found = lastLine(install.err() + install.out());
        if (install.status() == 0) {
            level = JSON.readTree(install.out()).get("level").asInt();
            Await.until(420, () -> result().isPresent());
            JsonNode result = result().orElseThrow();
            outcome = result.get("outcome").asText();
            found = result.get("detail").asText();
        }
        if (outcome.equals("installed")) {
            rollBack();
        }
        Await.until(90, () -> UpdateCommands.versions(instance).equals(versions));
        Map<String, Long> from = Cameras.analysed(instance);
        Await.until(90, () -> Cameras.areAnalysedSince(from, instance, CAMERAS));
        Row row = new Row(kind, level, lastLine(found), outcome, (System.nanoTime() - begun) / 1e9);
        rows.add(row);
        System.out.println(row.line());
        assertThat(Cameras.counted(instance, CAMERAS))
                .as("counts after %s", kind)
                .isGreaterThanOrEqualTo(counted);
        CrashCampaignBench.assertThatCountsAreThoseOfEvents(instance);
        return row;
    }

    /**
     * What was kept although it is bad is gone back from by hand, so that the next can be tried.
     */
    private void rollBack() throws Exception {
        instance.shell("update-rollback", "0").expect(0);
        Await.until(
                180,
                () -> {
                    Instance.Result answer = instance.shell("update-status", "--json");
                    return answer.status() == 0
                            && JSON.readTree(answer.out()).get("release").asLong() == 0;
                });
    }

    private static String lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("").strip();
    }

    /** Of the release at hand; empty while nothing has come of it. */
    private Optional<JsonNode> result() throws Exception {
        Instance.Result answer = instance.shell("update-history", "--json");
        if (answer.status() == 0) {
            for (JsonNode row : JSON.readTree(answer.out())) {
                if (row.get("to").asLong() == number) {
                    return Optional.of(row);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        instance.close();
    }
}

package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Coverage against a script of outages: each is there, in its length, with its cause. Takes four
 * minutes, as long as the outages last, so it is not part of the suite: {@code mvn -B -ntp verify
 * -Pbench -Dit.test=CoverageIT}.
 */
@Tag("bench")
@Isolated
class CoverageIT {

    /** Of the coverage against the script, by outage. */
    private static final Offset<Double> SECOND = within(1.0);

    private static final Duration CLIP = Duration.ofMinutes(6);

    /** What was not told yet when the process was killed. */
    private static final double LOST_BY_A_CRASH = 11;

    @Test
    void whatTheCoverageSaysIsWhatHappened() throws Exception {
        Path clip = Clips.of(Scenes.procession(), CLIP);
        int port = RtspServer.freePort();
        try (Instance instance = Instance.fresh("coverage")) {
            instance.start().expect(0);
            RtspServer server = RtspServer.start(port, clip, "");
            Cameras.addProcession(instance, "gate", server.url(), "--set", "reconnect.max=2s");
            Cameras.awaitCrossings(instance, List.of("gate"));
            Instant well = Instant.now();
            pass(15);

            Instant died = Instant.now();
            server.close();
            pass(12);
            server = RtspServer.start(port, clip, "");
            Instant back = streamingAgain(instance, died);
            pass(12);

            Instant fellSilent = Instant.now();
            server.freeze();
            pass(9);
            server.thaw();
            Instant spoke = streamingAgain(instance, fellSilent);
            pass(12);

            Instant detectorLeft = Instant.now();
            instance.shell("bundle:stop io.visionops.inference").expect(0);
            pass(8);
            instance.shell("bundle:start io.visionops.inference").expect(0);
            Instant detectorBack = Instant.now();
            pass(15);

            Instant disabled = Instant.now();
            instance.shell("camera-disable", "gate").expect(0);
            pass(6);
            instance.shell("camera-enable", "gate").expect(0);
            Instant enabled = Instant.now();
            streaming(instance);
            pass(15);

            Instant killed = Instant.now();
            instance.cutPower();
            pass(5);
            instance.start().expect(0);
            streaming(instance);
            Instant restarted = Instant.now();
            pass(40);

            JsonNode calm = between(instance, well, died);
            assertThat(seconds(calm, "watchedMs")).isCloseTo(length(well, died), SECOND);

            JsonNode dead = between(instance, died, back);
            assertThat(blind(dead)).isCloseTo(length(died, back), SECOND);
            assertThat(dead.get("blindMs").has("not-running")).isFalse();
            assertThat(dead.get("blindMs").has("not-analysed")).isFalse();

            JsonNode silent = between(instance, fellSilent, spoke);
            assertThat(blind(silent)).isCloseTo(length(fellSilent, spoke), SECOND);
            assertThat(silent.get("blindMs").get("timeout").asLong()).isGreaterThan(6_000);

            // Two seconds of frames waited in the ring; those that were looked at left their
            // tracks.
            Instant detectorWell = detectorBack.plusSeconds(5);
            double unlooked =
                    ProcessionRecord.of(instance, "gate").longestGap(detectorLeft, detectorWell)
                            / 1000.0;
            assertThat(unlooked).isBetween(4.0, length(detectorLeft, detectorWell));
            JsonNode unseen = between(instance, detectorLeft, detectorWell);
            assertThat(unseen.get("blindMs").get("not-analysed").asLong() / 1000.0)
                    .isCloseTo(unlooked, SECOND);

            JsonNode off = between(instance, disabled, enabled);
            assertThat(seconds(off, "expectedMs")).isLessThan(length(disabled, enabled) - 5);

            JsonNode crashed = between(instance, killed.minusSeconds(12), restarted);
            assertThat(crashed.get("blindMs").get("not-running").asLong() / 1000.0)
                    .isBetween(5.0, length(killed, restarted) + LOST_BY_A_CRASH);
            assertThat(seconds(crashed, "expectedMs"))
                    .isCloseTo(length(killed.minusSeconds(12), restarted), within(0.01));

            JsonNode all = between(instance, well, restarted);
            assertThat(all.get("coverage").asDouble()).isBetween(0.3, 0.9);
            assertThat(instance.json("camera-history", "gate").get("states").size())
                    .isGreaterThan(8);
            JsonNode report = instance.json("camera-report", "gate");
            int outages = 0;
            for (JsonNode day : report.get("days")) {
                outages += day.get("outages").asInt();
            }
            assertThat(outages).isEqualTo(2);
            assertThat(report.get("forecasts")).hasSize(1);
            server.close();
        }
    }

    private static void streaming(Instance instance) {
        Await.until(40, () -> instance.stateOf("gate").equals("STREAMING"));
    }

    /** When frames came again, as the journal has it. */
    private static Instant streamingAgain(Instance instance, Instant after) {
        Await.until(40, () -> streamingSince(instance).isAfter(after));
        return Awaitility.await().until(() -> streamingSince(instance), since -> true);
    }

    private static Instant streamingSince(Instance instance) throws Exception {
        for (JsonNode stay : instance.json("camera-history", "gate").get("states")) {
            if (stay.get("state").asText().equals("STREAMING")) {
                return Instant.parse(stay.get("since").asText());
            }
        }
        return Instant.EPOCH;
    }

    private static void pass(int seconds) {
        Awaitility.await()
                .pollDelay(seconds, java.util.concurrent.TimeUnit.SECONDS)
                .atMost(seconds + 5L, java.util.concurrent.TimeUnit.SECONDS)
                .until(() -> true);
    }

    /** One row; its parts are the whole. */
    private static JsonNode between(Instance instance, Instant from, Instant to) throws Exception {
        JsonNode row =
                instance.json(
                                "coverage",
                                "--camera",
                                "gate",
                                "--from",
                                from.toString(),
                                "--to",
                                to.toString())
                        .get(0);
        double parts = seconds(row, "watchedMs") + blind(row) + sum(row.get("degradedMs"));
        assertThat(parts).as(row.toString()).isCloseTo(seconds(row, "expectedMs"), within(0.001));
        return row;
    }

    private static double blind(JsonNode row) {
        return sum(row.get("blindMs"));
    }

    private static double sum(JsonNode lengths) {
        double sum = 0;
        for (JsonNode length : lengths) {
            sum += length.asLong() / 1000.0;
        }
        return sum;
    }

    private static double seconds(JsonNode row, String field) {
        return row.get(field).asLong() / 1000.0;
    }

    private static double length(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}

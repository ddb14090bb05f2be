package io.visionops.health.internal.tree;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootCausesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final RootCauses causes = new RootCauses();

    /** Written {@code name=STATUS}. */
    private static HealthNode node(String text) {
        String[] parts = text.strip().split("=", -1);
        return new HealthNode(
                "visionops." + parts[0],
                parts[0].split("\\.", -1)[0],
                HealthStatus.valueOf(parts[1]),
                "cause",
                NOON,
                "remedy",
                List.of());
    }

    private static String text(List<HealthNode> nodes) {
        return nodes.stream()
                .map(
                        node ->
                                node.name().replaceFirst("visionops\\.", "")
                                        + (node.children().isEmpty()
                                                ? ""
                                                : "(" + text(node.children()) + ")"))
                .collect(joining(" "));
    }

    private String tree(String nodes) {
        return text(
                causes.apply(
                        Arrays.stream(nodes.strip().split("\\s+"))
                                .map(RootCausesTest::node)
                                .toList()));
    }

    @ParameterizedTest
    @CsvSource({
        "a part that is away, store.bundle=CRITICAL store.open=CRITICAL store.write=CRITICAL, store.bundle(store.open store.write)",
        "and what waits for it, store.bundle=CRITICAL store.open=CRITICAL ingest.journal=WARN, store.bundle(store.open(ingest.journal))",
        "of another part, ingest.bundle=CRITICAL inference.detectors=CRITICAL, inference.detectors ingest.bundle",
        "a closed database, store.open=CRITICAL ingest.journal=WARN, store.open(ingest.journal)",
        "a full disk, health.disk=CRITICAL store.write=CRITICAL ingest.journal=WARN, health.disk(store.write(ingest.journal))",
        "a switch, ingest.incidents=CRITICAL ingest.cameras=CRITICAL, ingest.incidents(ingest.cameras)",
        "no decoders, processes.bundle=CRITICAL processes.children=CRITICAL ingest.cameras=CRITICAL, processes.bundle(ingest.cameras processes.children)",
        "heat, health.temperature=CRITICAL health.cpu=CRITICAL inference.progress=WARN, health.temperature(health.cpu(inference.progress))"
    })
    void aFaultStandsBelowTheOneThatExplainsIt(String what, String nodes, String tree) {
        assertThat(tree(nodes)).as(what).isEqualTo(tree);
    }

    @Test
    void whatIsWellExplainsNothingAndIsNotExplained() {
        assertThat(tree("store.bundle=OK store.open=CRITICAL"))
                .isEqualTo("store.open store.bundle");
        assertThat(tree("store.bundle=CRITICAL store.open=OK"))
                .isEqualTo("store.bundle store.open");
    }

    @Test
    void aWarningDoesNotHideWhatIsWorse() {
        assertThat(tree("store.bundle=WARN store.write=CRITICAL"))
                .isEqualTo("store.write store.bundle");
    }

    @Test
    void nothingIsLostFromTheTreeWhereTwoExplainEachOther() {
        RootCauses circle =
                new RootCauses(
                        List.of(
                                new CauseRule("visionops.a.x", "visionops.b.x"),
                                new CauseRule("visionops.b.x", "visionops.a.x")));

        List<HealthNode> tree = circle.apply(List.of(node("a.x=CRITICAL"), node("b.x=CRITICAL")));

        assertThat(text(tree)).isEqualTo("b.x(a.x)");
    }

    @Test
    void theSameChecksGiveTheSameTreeInWhateverOrderTheyCome() {
        assertThat(tree("ingest.journal=WARN store.write=CRITICAL health.disk=CRITICAL"))
                .isEqualTo(tree("health.disk=CRITICAL store.write=CRITICAL ingest.journal=WARN"));
    }

    @Test
    void everyRuleNamesChecksThatThereAre() {
        assertThat(CauseTable.RULES)
                .allSatisfy(
                        rule ->
                                assertThat(rule.cause() + " " + rule.effect())
                                        .matches(
                                                "visionops(\\.[a-z*]+){2}"
                                                        + " visionops(\\.[a-z*$1]+){2}"));
    }
}

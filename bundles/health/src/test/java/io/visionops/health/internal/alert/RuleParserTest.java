package io.visionops.health.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleParserTest {

    private static final String GOOD =
            """
            # a comment
            rule.disk.check = visionops.health.disk
            rule.slow.metric = visionops_camera_fps
            rule.slow.below = 1
            """;

    private final RuleParser parser = new RuleParser(KnownNames.ofThisRelease());

    @Test
    void aRuleHasTheDefaultsThatTheFileNames() {
        RuleParser.Parsed parsed = parser.parse(GOOD);

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.rules().get("disk"))
                .isEqualTo(
                        new Rule(
                                "disk",
                                true,
                                new Rule.OfCheck("visionops.health.disk", false),
                                Duration.ZERO,
                                Duration.ofMinutes(5),
                                Severity.CRITICAL,
                                Set.of(),
                                List.of(),
                                ""));
        assertThat(parsed.rules().get("slow"))
                .isEqualTo(
                        new Rule(
                                "slow",
                                true,
                                new Rule.OfMetric(
                                        "visionops_camera_fps", false, 1, 1, Optional.empty()),
                                Duration.ZERO,
                                Duration.ofMinutes(5),
                                Severity.WARNING,
                                Set.of(),
                                List.of(),
                                ""));
    }

    @Test
    void everyKeyIsRead() {
        RuleParser.Parsed parsed =
                parser.parse(
                        GOOD
                                + """
                                rule.slow.clear = 2.5
                                rule.slow.group.by = camera
                                rule.slow.for = 2m
                                rule.slow.clear.for = 1h
                                rule.slow.severity = critical
                                rule.slow.inhibited.by = disk , any
                                rule.slow.escalate = 15m,60m
                                rule.slow.runbook = https://example.org/slow?x=1
                                rule.slow.enabled = false
                                rule.any.check = visionops.*.journal
                                rule.any.when = warn
                                """);

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.rules().get("slow"))
                .isEqualTo(
                        new Rule(
                                "slow",
                                false,
                                new Rule.OfMetric(
                                        "visionops_camera_fps",
                                        false,
                                        1,
                                        2.5,
                                        Optional.of("camera")),
                                Duration.ofMinutes(2),
                                Duration.ofHours(1),
                                Severity.CRITICAL,
                                Set.of("disk", "any"),
                                List.of(Duration.ofMinutes(15), Duration.ofMinutes(60)),
                                "https://example.org/slow?x=1"));
        assertThat(parsed.rules().get("any").severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void anEmptyFileIsNoRule() {
        assertThat(parser.parse("")).isEqualTo(parser.parse("\ufeff# nothing\n\n"));
        assertThat(parser.parse("").errors()).isEmpty();
    }

    /** Each is appended to four good lines, so that its first line is the fifth. */
    static List<List<String>> bad() {
        return List.of(
                List.of("5", "hello", "hello is not known"),
                List.of("5", "check = visionops.health.disk", "check is not known"),
                List.of("5", "rule = x", "rule is not known"),
                List.of("5", "rule.x = visionops.health.disk", "rule.x is not known"),
                List.of("5", "rule.a b.check = x", "rule.a is not known"),
                List.of("5", "rule.\u00fc.check = x", "is not known"),
                List.of("5", "rule." + "x".repeat(65) + ".check = x", "is not known"),
                List.of("5", "Rule.x.check = visionops.health.disk", "Rule.x.check is not known"),
                List.of("5", "rule.disk.treshold = 1", "rule.disk.treshold is not known: the keys"),
                List.of("5", "rule.disk.For = 1m", "rule.disk.For is not known"),
                List.of("5", "rule.disk.check = visionops.health.cpu", "already in line 2"),
                List.of("5", "rule.slow.below = 1", "already in line 4"),
                List.of("5", "rule.disk.for =", "rule.disk.for has no value"),
                List.of("5", "rule.disk.for", "rule.disk.for has no value"),
                List.of("5", "rule.x.check = visionops.health.dsk", "no check of that name"),
                List.of("5", "rule.x.check = visionops.*", "no check of that name"),
                List.of("5", "rule.x.check = visionops.health.disk \\", "no check of that name"),
                List.of("5", "rule.x.metric = visionops_camera_fsp\nrule.x.above = 1", "no metric"),
                List.of("5", "rule.x.metric = visionops.camera.fps\nrule.x.above = 1", "no metric"),
                List.of(
                        "5",
                        "rule.x.metric = visionops_camera_frames_total\nrule.x.above = 1",
                        "no metric"),
                List.of("5", "rule.x.for = 1m", "neither a check nor a metric"),
                List.of(
                        "6",
                        "rule.x.check = visionops.health.disk\nrule.x.metric = visionops_children",
                        "not about both"),
                List.of("5", "rule.x.metric = visionops_children", "either above or below"),
                List.of("5", "rule.slow.above = 1", "either above or below"),
                List.of("5", "rule.disk.above = 1", "is for a rule with a metric"),
                List.of("5", "rule.disk.clear = 1", "is for a rule with a metric"),
                List.of("5", "rule.disk.group.by = camera", "is for a rule with a metric"),
                List.of("5", "rule.slow.when = warn", "is for a rule with a check"),
                List.of("5", "rule.disk.when = warning", "must be critical or warn"),
                List.of("5", "rule.disk.severity = high", "must be warning or critical"),
                List.of("5", "rule.disk.severity = info", "must be warning or critical"),
                List.of("5", "rule.disk.enabled = yes", "must be true or false"),
                List.of("5", "rule.disk.for = 2", "must be from 0s to 1d"),
                List.of("5", "rule.disk.for = -2m", "must be from 0s to 1d"),
                List.of("5", "rule.disk.for = 2m # two", "must be from 0s to 1d"),
                List.of("5", "rule.disk.for = 2d", "must be from 0s to 1d"),
                List.of("5", "rule.disk.clear.for = 1s", "must be from 10s to 1d"),
                List.of("5", "rule.disk.clear.for = never", "must be from 10s to 1d"),
                List.of("5", "rule.slow.clear = 0", "must not be less than below"),
                List.of("5", "rule.slow.clear = much", "must be a number"),
                List.of(
                        "6",
                        "rule.x.metric = visionops_children\nrule.x.above = 1e9",
                        "must be a number"),
                List.of(
                        "6",
                        "rule.x.metric = visionops_children\nrule.x.above = NaN",
                        "must be a number"),
                List.of(
                        "7",
                        "rule.x.metric = visionops_children\nrule.x.above = 1\nrule.x.clear = 2",
                        "must not be more than above"),
                List.of(
                        "5",
                        "rule.slow.group.by = line",
                        "must be a label of visionops_camera_fps: camera"),
                List.of(
                        "7",
                        "rule.x.metric = visionops_children\nrule.x.above = 1\nrule.x.group.by = camera",
                        "has no labels"),
                List.of("5", "rule.disk.escalate = soon", "up to 5 times"),
                List.of("5", "rule.disk.escalate = 60m, 15m", "each later"),
                List.of("5", "rule.disk.escalate = 15m,,60m", "up to 5 times"),
                List.of("5", "rule.disk.escalate = 1m,2m,3m,4m,5m,6m", "up to 5 times"),
                List.of("5", "rule.disk.escalate = 8d", "7d at most"),
                List.of("5", "rule.disk.inhibited.by = dusk", "there is no rule dusk"),
                List.of("5", "rule.disk.inhibited.by = slow,", "there is no rule "),
                List.of("5", "rule.disk.inhibited.by = disk", "in turn"),
                List.of(
                        "5",
                        "rule.disk.inhibited.by = slow\nrule.slow.inhibited.by = disk",
                        "in turn"),
                List.of("5", "rule.disk.runbook = file:/etc/passwd", "must be an address"),
                List.of("5", "rule.disk.runbook = javascript:alert(1)", "must be an address"),
                List.of(
                        "5",
                        "rule.disk.runbook = https://anna:secret@example.org/",
                        "must be an address"),
                List.of("5", "rule.disk.runbook = not an address", "must be an address"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aMistakeIsRefusedWithItsLine(List<String> one) {
        RuleParser.Parsed parsed = parser.parse(GOOD + one.get(1) + "\n");

        assertThat(parsed.errors()).isNotEmpty();
        assertThat(parsed.errors().get(0).toString())
                .startsWith("line " + one.get(0) + ": ")
                .contains(one.get(2))
                .doesNotContain("\n");
    }

    @Test
    void allMistakesAreToldInTheOrderOfTheirLines() {
        RuleParser.Parsed parsed =
                parser.parse("x = 1\n" + GOOD + "rule.disk.for = x\nrule.slow.severity = y\n");

        assertThat(parsed.errors()).extracting(RuleError::line).containsExactly(1, 6, 7);
    }

    @Test
    void moreThanTwoHundredRulesAreTooMany() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 201; i++) {
            text.append("rule.r" + i + ".check = visionops.health.disk\n");
        }

        assertThat(parser.parse(text.toString()).errors().get(0).toString())
                .isEqualTo("201 rules: 200 are allowed");
    }

    @Test
    void theRulesOfTheDistributionAreRight() throws Exception {
        Path shipped =
                Path.of("../../karaf-assembly/src/main/resources/etc/io.visionops.alerts.cfg");

        RuleParser.Parsed parsed = parser.parse(Files.readString(shipped));

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.rules()).hasSizeGreaterThan(30);
    }

    @Test
    void everyMetricThatARuleMayNameIsInTheTableOfMetrics() throws Exception {
        String table = Files.readString(Path.of("../../docs/monitoring.md"));
        String words = Files.readString(Path.of("../../docs/alerts.md"));

        assertThat(KnownNames.ofThisRelease().metrics().keySet())
                .filteredOn(name -> !table.contains(name) || !words.contains(name))
                .isEmpty();
    }

    @Test
    void everyRuleOfTheDistributionIsExplainedToItsReader() throws Exception {
        Path shipped =
                Path.of("../../karaf-assembly/src/main/resources/etc/io.visionops.alerts.cfg");
        String words = Files.readString(Path.of("../../docs/alerts.md"));

        assertThat(parser.parse(Files.readString(shipped)).rules().keySet())
                .filteredOn(name -> !words.contains("| `" + name + "`"))
                .isEmpty();
    }
}

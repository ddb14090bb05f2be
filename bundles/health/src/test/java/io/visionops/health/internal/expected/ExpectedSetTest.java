package io.visionops.health.internal.expected;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthStatus;
import io.visionops.health.internal.expected.BundleView.Condition;
import io.visionops.health.internal.round.CheckResult;
import io.visionops.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExpectedSetTest {

    private static final String CHECK = "visionops.store.write";
    private static final String BUNDLE = "io.visionops.store";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final ExpectedSet expected =
            new ExpectedSet(
                    List.of(new ExpectedPart("store", List.of(CHECK))),
                    () -> Duration.ofSeconds(30),
                    clock);

    private static FrameworkSample framework(BundleView... bundles) {
        return new FrameworkSample(List.of(bundles), Map.of(BUNDLE, "1.0.0"), List.of());
    }

    private static BundleView bundle(String name, Condition condition) {
        return new BundleView(name, "1.0.0", condition, true, List.of());
    }

    private static CheckResult said(String name) {
        return new CheckResult(
                name, "store", Set.of("ready"), HealthStatus.OK, "well", "", Duration.ZERO);
    }

    private CheckResult judge(String name, List<CheckResult> said, FrameworkSample framework) {
        List<CheckResult> all = expected.complete(said, framework);
        assertThat(all).extracting(CheckResult::name).doesNotHaveDuplicates();
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private CheckResult bundleOf(FrameworkSample framework) {
        return judge("visionops.store.bundle", List.of(said(CHECK)), framework);
    }

    @Test
    void whereAllIsThereAllIsWell() {
        List<CheckResult> all =
                expected.complete(
                        List.of(said(CHECK), said("visionops.guest.any")),
                        framework(bundle(BUNDLE, Condition.ACTIVE)));

        assertThat(all)
                .extracting(CheckResult::name)
                .containsExactlyInAnyOrder(
                        CHECK,
                        "visionops.guest.any",
                        "visionops.store.bundle",
                        "visionops.health.framework");
        assertThat(all).allMatch(CheckResult::isWell);
    }

    @Test
    void aPartThatIsStoppedIsReplacedAtFirstAndThenAway() {
        FrameworkSample stopped = framework(bundle(BUNDLE, Condition.STOPPED));

        CheckResult first = judge(CHECK, List.of(), stopped);
        assertThat(first.status()).isEqualTo(HealthStatus.TEMPORARILY_UNAVAILABLE);
        assertThat(bundleOf(stopped).status()).isEqualTo(HealthStatus.TEMPORARILY_UNAVAILABLE);
        clock.advance(Duration.ofSeconds(30));

        CheckResult bundle = bundleOf(stopped);
        assertThat(bundle.status()).isEqualTo(HealthStatus.CRITICAL);
        assertThat(bundle.cause())
                .isEqualTo(
                        "the part store is away: its bundle io.visionops.store is stopped, for 30"
                                + " s or longer");
        assertThat(bundle.remedy()).startsWith("bundle:start io.visionops.store");
        assertThat(judge(CHECK, List.of(), stopped).status()).isEqualTo(HealthStatus.CRITICAL);
    }

    @Test
    void aPartThatComesBackIsWellAndMissedAnewTheNextTime() {
        FrameworkSample stopped = framework(bundle(BUNDLE, Condition.STOPPED));
        bundleOf(stopped);
        clock.advance(Duration.ofSeconds(31));
        assertThat(bundleOf(stopped).status()).isEqualTo(HealthStatus.CRITICAL);

        assertThat(bundleOf(framework(bundle(BUNDLE, Condition.ACTIVE))).isWell()).isTrue();
        assertThat(bundleOf(stopped).status()).isEqualTo(HealthStatus.TEMPORARILY_UNAVAILABLE);
    }

    @Test
    void aBundleThatIsNotInstalledIsCriticalTooAndSoAreItsChecks() {
        judge(CHECK, List.of(), framework());
        clock.advance(Duration.ofSeconds(31));

        CheckResult check = judge(CHECK, List.of(), framework());

        assertThat(check.status()).isEqualTo(HealthStatus.CRITICAL);
        assertThat(check.cause()).isEqualTo("the part store is away");
        assertThat(bundleOf(framework()).cause()).contains("is not installed");
    }

    @Test
    void aCheckThatIsMissingWhileItsBundleIsActiveIsMissed() {
        FrameworkSample active = framework(bundle(BUNDLE, Condition.ACTIVE));
        judge(CHECK, List.of(), active);
        clock.advance(Duration.ofSeconds(45));

        CheckResult check = judge(CHECK, List.of(), active);

        assertThat(check.status()).isEqualTo(HealthStatus.CRITICAL);
        assertThat(check.cause()).contains("does not answer", "45 s");
        assertThat(check.remedy()).contains("bundle:restart");
    }

    @Test
    void anotherVersionThanTheReleaseHasIsNamedAndNoMore() {
        CheckResult bundle =
                bundleOf(
                        framework(
                                new BundleView(
                                        BUNDLE, "1.0.7", Condition.ACTIVE, true, List.of())));

        assertThat(bundle.status()).isEqualTo(HealthStatus.WARN);
        assertThat(bundle.cause()).contains("is 1.0.7", "release has 1.0.0", "by hand");
        assertThat(bundle.remedy()).contains("mvn:io.visionops/store/1.0.0");
    }

    @Test
    void aComponentThatDoesNotComeUpIsNamed() {
        FrameworkSample faulty =
                framework(
                        new BundleView(
                                BUNDLE,
                                "1.0.0",
                                Condition.ACTIVE,
                                true,
                                List.of("component StoreMeters waits for Clock")));
        bundleOf(faulty);
        clock.advance(Duration.ofSeconds(31));

        assertThat(bundleOf(faulty).status()).isEqualTo(HealthStatus.CRITICAL);
        assertThat(bundleOf(faulty).cause()).contains("StoreMeters waits for Clock");
    }

    @Test
    void aLibraryThatIsStoppedIsCriticalAndAStrangerAWarning() {
        BundleView store = bundle(BUNDLE, Condition.ACTIVE);
        BundleView stranger =
                new BundleView("weather", "9.0.0", Condition.STOPPED, false, List.of());
        FrameworkSample strange = framework(store, stranger);
        FrameworkSample broken = framework(store, bundle("oshi", Condition.UNRESOLVED));
        String check = "visionops.health.framework";

        assertThat(judge(check, List.of(), strange).status()).isEqualTo(HealthStatus.WARN);
        judge(check, List.of(), broken);
        clock.advance(Duration.ofSeconds(31));
        CheckResult critical = judge(check, List.of(), broken);

        assertThat(critical.status()).isEqualTo(HealthStatus.CRITICAL);
        assertThat(critical.cause()).contains("bundle oshi cannot be started");
    }

    @Test
    void aFrameworkThatKnowsNoFeatureOfOursIsNoComparison() {
        FrameworkSample forgotten =
                new FrameworkSample(List.of(bundle(BUNDLE, Condition.ACTIVE)), Map.of(), List.of());

        assertThat(judge("visionops.health.framework", List.of(), forgotten).status())
                .isEqualTo(HealthStatus.WARN);
    }

    /** A part that is added to the distribution and not to this list would never be missed. */
    @Test
    void everyBundleOfTheFeaturesAndOfTheStartIsAnExpectedPart() throws Exception {
        String files =
                Files.readString(Path.of("../../features/src/main/feature/features.xml"))
                        + Files.readString(Path.of("../../karaf-assembly/pom.xml"));
        Set<String> bundles = new TreeSet<>();
        Matcher ours = Pattern.compile("mvn:io\\.visionops/([a-z]+)/").matcher(files);
        while (ours.find()) {
            bundles.add(ours.group(1));
        }

        assertThat(ExpectedPart.ofThisRelease())
                .extracting(ExpectedPart::name)
                .containsExactlyElementsOf(bundles);
    }

    /** A check that is added to a part and not to this list would never be missed. */
    @Test
    void everyCheckOfEveryPartIsExpected() throws Exception {
        List<String> checks = new ArrayList<>();
        Pattern name =
                Pattern.compile(
                        "(?:\"hc\\.name=|new MachineCheck<>\\(\\s*\"|_CHECK =\\s*\")"
                                + "(visionops\\.[a-z.-]+)\"");
        try (var files = Files.walk(Path.of(".."), 12)) {
            for (Path file :
                    files.filter(one -> one.toString().contains("/src/main/java/"))
                            .filter(one -> one.toString().endsWith(".java"))
                            .toList()) {
                Matcher named = name.matcher(Files.readString(file));
                while (named.find()) {
                    checks.add(named.group(1));
                }
            }
        }

        assertThat(checks).hasSizeGreaterThan(8);
        assertThat(ExpectedPart.ofThisRelease())
                .flatExtracting(ExpectedPart::checks)
                .containsExactlyInAnyOrderElementsOf(checks);
    }
}

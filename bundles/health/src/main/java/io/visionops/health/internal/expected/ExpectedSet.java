package io.visionops.health.internal.expected;

import static java.util.stream.Collectors.toSet;

import io.visionops.api.health.HealthStatus;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.round.CheckResult;
import io.visionops.support.meter.Sampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Compares what there is with what has to be: the checks of every part, its bundle, the bundle's
 * version and its components. Health checks say nothing of what is not there, and a part that is
 * gone takes its checks along. Used by the thread of the rounds.
 */
public final class ExpectedSet {

    private static final String FRAMEWORK = "visionops.health.framework";

    private static final String AGAIN =
            "visionops stop, remove the folder karaf in the data folder, visionops start: it is"
                    + " made anew as the release has it";

    private final List<ExpectedPart> parts;
    private final Supplier<Duration> swapLimit;
    private final Absences absences;

    /**
     * @param swapLimit for how long a part may be away before it is missed
     */
    public ExpectedSet(List<ExpectedPart> parts, Supplier<Duration> swapLimit, Ticker ticker) {
        this.parts = List.copyOf(parts);
        this.swapLimit = swapLimit;
        this.absences = new Absences(ticker);
    }

    /**
     * What the checks said, and what is to be said of those that said nothing. Where the framework
     * has not been looked at yet, everything is said to be as it should.
     */
    public List<CheckResult> complete(List<CheckResult> said, Sampler<FrameworkSample> framework) {
        Optional<FrameworkSample> sample = framework.latest();
        if (sample.isPresent() && !framework.isOverdue()) {
            return complete(said, sample.get());
        }
        List<CheckResult> all = new ArrayList<>(said);
        all.add(
                framework.isOverdue()
                        ? result(
                                FRAMEWORK,
                                "health",
                                HealthStatus.CRITICAL,
                                "the framework has not told for "
                                        + framework.age().toSeconds()
                                        + " s which bundles there are: a change of bundles or"
                                        + " features hangs",
                                "look into the log; if it stays, visionops restart")
                        : well(FRAMEWORK, "health", "bundles are being looked at"));
        return all;
    }

    List<CheckResult> complete(List<CheckResult> said, FrameworkSample framework) {
        List<CheckResult> all = new ArrayList<>(said);
        Set<String> names = said.stream().map(CheckResult::name).collect(toSet());
        for (ExpectedPart part : parts) {
            CheckResult bundle = judge(part, framework);
            all.add(bundle);
            boolean away = framework.bundle(part.bundle()).filter(BundleView::isActive).isEmpty();
            part.checks().stream()
                    .filter(check -> !names.contains(check))
                    .map(check -> missing(check, part, bundle, away))
                    .forEach(all::add);
        }
        all.add(judgeOthers(framework));
        absences.endRound();
        return all;
    }

    private CheckResult judge(ExpectedPart part, FrameworkSample framework) {
        String check = bundleCheck(part.name());
        Optional<BundleView> found = framework.bundle(part.bundle());
        if (found.isEmpty() || !found.get().isActive()) {
            String state = found.map(one -> one.condition().words()).orElse("is not installed");
            String remedy =
                    found.isEmpty()
                            ? AGAIN
                            : "bundle:start "
                                    + part.bundle()
                                    + "; if it does not stay active, the log says why";
            return away(
                    check,
                    part.name(),
                    "the part " + part.name() + " is away: its bundle " + part.bundle(),
                    state,
                    remedy);
        }
        BundleView bundle = found.get();
        if (!bundle.faults().isEmpty()) {
            return away(
                    check,
                    part.name(),
                    "bundle " + bundle.name() + " is active, and not all of it works:",
                    String.join("; ", bundle.faults()),
                    "bundle:restart " + bundle.name() + "; the log says why");
        }
        String wanted = framework.versions().get(bundle.name());
        if (wanted != null && !wanted.equals(bundle.version())) {
            return result(
                    check,
                    part.name(),
                    HealthStatus.WARN,
                    "bundle "
                            + bundle.name()
                            + " is "
                            + bundle.version()
                            + ", and this release has "
                            + wanted
                            + ": somebody has replaced it by hand, and the next change of features"
                            + " takes it back",
                    "leave it, or bundle:update "
                            + bundle.name()
                            + " mvn:io.visionops/"
                            + part.name()
                            + "/"
                            + wanted);
        }
        return well(
                check, part.name(), "bundle " + bundle.name() + " " + bundle.version() + " works");
    }

    private CheckResult missing(String check, ExpectedPart part, CheckResult bundle, boolean away) {
        if (away) {
            absences.missed(check);
            return result(
                    check,
                    part.name(),
                    bundle.status(),
                    "the part " + part.name() + " is away",
                    bundle.remedy());
        }
        return away(
                check,
                part.name(),
                "check " + check + " does not answer: bundle " + part.bundle(),
                "is active, and a component of it has not come up",
                "bundle:restart " + part.bundle() + "; the log says why");
    }

    /** Libraries and what else is installed. */
    private CheckResult judgeOthers(FrameworkSample framework) {
        Set<String> ours = parts.stream().map(ExpectedPart::bundle).collect(toSet());
        List<String> faults = new ArrayList<>();
        List<String> strangers = new ArrayList<>();
        framework.missing().forEach(one -> faults.add(one + " is not installed"));
        for (BundleView bundle : framework.bundles()) {
            if (!bundle.isActive() && !ours.contains(bundle.name())) {
                (bundle.ofRelease() ? faults : strangers)
                        .add("bundle " + bundle.name() + " " + bundle.condition().words());
            }
        }
        if (!faults.isEmpty()) {
            return away(FRAMEWORK, "health", "of the program", String.join("; ", faults), AGAIN);
        }
        if (!strangers.isEmpty()) {
            return result(
                    FRAMEWORK,
                    "health",
                    HealthStatus.WARN,
                    "not of this release, and does not work: " + String.join("; ", strangers),
                    "bundle:start or bundle:uninstall it");
        }
        if (framework.versions().isEmpty()) {
            return result(
                    FRAMEWORK,
                    "health",
                    HealthStatus.WARN,
                    "no feature of VisionOps is known: versions are not compared",
                    AGAIN);
        }
        return well(
                FRAMEWORK, "health", framework.bundles().size() + " bundles are as they should be");
    }

    /** Passing at first, then critical. */
    private CheckResult away(String check, String part, String what, String state, String remedy) {
        Duration missed = absences.missed(check);
        boolean passing = missed.compareTo(swapLimit.get()) < 0;
        return result(
                check,
                part,
                passing ? HealthStatus.TEMPORARILY_UNAVAILABLE : HealthStatus.CRITICAL,
                what
                        + " "
                        + state
                        + (passing
                                ? ", as while it is replaced"
                                : ", for " + missed.toSeconds() + " s or longer"),
                passing ? "" : remedy);
    }

    private static CheckResult well(String check, String part, String words) {
        return result(check, part, HealthStatus.OK, words, "");
    }

    private static CheckResult result(
            String check, String part, HealthStatus status, String cause, String remedy) {
        return new CheckResult(
                check,
                part,
                Set.of("visionops", part, CheckResult.READY),
                status,
                cause,
                remedy,
                Duration.ZERO);
    }

    /** The check that is made up for the bundle of a part. */
    public static String bundleCheck(String part) {
        return "visionops." + part + ".bundle";
    }
}

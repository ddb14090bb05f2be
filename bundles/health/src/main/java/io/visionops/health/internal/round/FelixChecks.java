package io.visionops.health.internal.round;

import static java.util.stream.Collectors.joining;

import io.visionops.api.health.HealthStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckMetadata;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.osgi.framework.ServiceReference;

/**
 * Runs every check that is tagged {@code visionops}. Each has the time limit of the executor; the
 * result of one that has not come back in time says so, and a round waits no longer for it.
 */
public final class FelixChecks implements Supplier<List<CheckResult>> {

    /** Service property of a check: what to do where it is not well. */
    static final String REMEDY = "visionops.remedy";

    private static final String OURS = "visionops";

    /** Characters: a cause is a line for a person, and a record of the journal. */
    private static final int LONGEST_CAUSE = 2_000;

    /** As many intervals without a result are too many, and no less than {@link #LEAST}. */
    private static final int MISSED = 3;

    private static final Duration LEAST = Duration.ofSeconds(20);

    private final HealthCheckExecutor executor;
    private final Supplier<Duration> interval;
    private final Clock clock;

    /**
     * @param interval from one round to the next
     */
    public FelixChecks(HealthCheckExecutor executor, Supplier<Duration> interval, Clock clock) {
        this.executor = executor;
        this.interval = interval;
        this.clock = clock;
    }

    @Override
    public List<CheckResult> get() {
        return executor.execute(HealthCheckSelector.tags(OURS)).stream()
                .map(this::convert)
                .toList();
    }

    private CheckResult convert(HealthCheckExecutionResult one) {
        HealthCheckMetadata check = one.getHealthCheckMetadata();
        String name = String.valueOf(check.getName());
        Result result = one.getHealthCheckResult();
        CheckResult said =
                new CheckResult(
                        name,
                        part(name, check.getServiceReference()),
                        Set.copyOf(check.getTags()),
                        HealthStatus.valueOf(result.getStatus().name()),
                        cause(result),
                        remedy(check.getServiceReference()),
                        Duration.ofMillis(Math.max(0, one.getElapsedTimeInMs())));
        if (one.hasTimedOut()) {
            return said.with(
                    said.status(),
                    "the check has not come back for " + said.took().toSeconds() + " s",
                    "jcmd PID Thread.print shows where it hangs; visionops restart");
        }
        Duration age = Duration.between(one.getFinishedAt().toInstant(), clock.instant());
        return age.compareTo(oldest(check)) <= 0
                ? said
                : said.with(
                        HealthStatus.CRITICAL,
                        "the check has given no result for " + age.toSeconds() + " s",
                        "bundle:restart the part " + said.part() + "; the log says more");
    }

    /** One that runs by itself is shown with its last result, for ever where it hangs. */
    private Duration oldest(HealthCheckMetadata check) {
        Duration own =
                Duration.ofSeconds(Optional.ofNullable(check.getAsyncIntervalInSec()).orElse(0L));
        Duration longer = own.compareTo(interval.get()) > 0 ? own : interval.get();
        Duration allowed = longer.multipliedBy(MISSED);
        return allowed.compareTo(LEAST) < 0 ? LEAST : allowed;
    }

    private static String part(String name, ServiceReference<?> service) {
        String named = CheckResult.partOf(name);
        // Null when it has just been unregistered.
        return named.isEmpty() && service.getBundle() != null
                ? String.valueOf(service.getBundle().getSymbolicName())
                : named;
    }

    private static String remedy(ServiceReference<?> service) {
        return service.getProperty(REMEDY) instanceof String text ? text.strip() : "";
    }

    /** The messages that make the status what it is. */
    private static String cause(Result result) {
        String words =
                StreamSupport.stream(result.spliterator(), false)
                        .filter(entry -> entry.getStatus() == result.getStatus())
                        .filter(entry -> !entry.isDebug())
                        .map(ResultLog.Entry::getMessage)
                        .collect(joining("; "));
        return words.length() <= LONGEST_CAUSE
                ? words
                : words.substring(0, LONGEST_CAUSE - 3) + "...";
    }
}

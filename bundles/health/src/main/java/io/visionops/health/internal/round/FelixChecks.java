package io.visionops.health.internal.round;

import static java.util.stream.Collectors.joining;

import io.visionops.api.health.HealthStatus;
import java.time.Duration;
import java.util.List;
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

    private final HealthCheckExecutor executor;

    public FelixChecks(HealthCheckExecutor executor) {
        this.executor = executor;
    }

    @Override
    public List<CheckResult> get() {
        return executor.execute(HealthCheckSelector.tags(OURS)).stream()
                .map(FelixChecks::convert)
                .toList();
    }

    private static CheckResult convert(HealthCheckExecutionResult one) {
        HealthCheckMetadata check = one.getHealthCheckMetadata();
        String name = String.valueOf(check.getName());
        Result result = one.getHealthCheckResult();
        return new CheckResult(
                name,
                part(name, check.getServiceReference()),
                Set.copyOf(check.getTags()),
                HealthStatus.valueOf(result.getStatus().name()),
                cause(result),
                remedy(check.getServiceReference()),
                Duration.ofMillis(Math.max(0, one.getElapsedTimeInMs())));
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

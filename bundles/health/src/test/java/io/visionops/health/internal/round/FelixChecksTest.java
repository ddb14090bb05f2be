package io.visionops.health.internal.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthStatus;
import io.visionops.testkit.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckMetadata;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

class FelixChecksTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);
    private final Map<String, Object> properties =
            new HashMap<>(
                    Map.of(
                            HealthCheck.NAME,
                            "visionops.store.write",
                            HealthCheck.TAGS,
                            new String[] {"visionops", "store", "ready"},
                            "visionops.remedy",
                            "make room",
                            "service.id",
                            7L));
    private boolean hung;

    /** Gives one result, and remembers by what it was asked. */
    private final class FakeExecutor implements HealthCheckExecutor {

        private final Result result;
        private HealthCheckSelector asked = HealthCheckSelector.empty();

        FakeExecutor(Result result) {
            this.result = result;
        }

        @Override
        public List<HealthCheckExecutionResult> execute(HealthCheckSelector selector) {
            asked = selector;
            return List.of(new FakeResult(result, hung, metadata()));
        }

        @Override
        public List<HealthCheckExecutionResult> execute(
                HealthCheckSelector selector, HealthCheckExecutionOptions options) {
            return execute(selector);
        }
    }

    private record FakeResult(Result result, boolean hung, HealthCheckMetadata check)
            implements HealthCheckExecutionResult {

        @Override
        public Result getHealthCheckResult() {
            return result;
        }

        @Override
        public long getElapsedTimeInMs() {
            return 2_500;
        }

        @Override
        public Date getFinishedAt() {
            return Date.from(NOON);
        }

        @Override
        public boolean hasTimedOut() {
            return hung;
        }

        @Override
        public HealthCheckMetadata getHealthCheckMetadata() {
            return check;
        }
    }

    private HealthCheckMetadata metadata() {
        return new HealthCheckMetadata(
                (ServiceReference<?>)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {ServiceReference.class},
                                (proxy, method, arguments) ->
                                        switch (method.getName()) {
                                            case "getProperty" -> properties.get(arguments[0]);
                                            case "getPropertyKeys" ->
                                                    properties.keySet().toArray(String[]::new);
                                            default -> null;
                                        }));
    }

    private CheckResult run(Result result) {
        return new FelixChecks(new FakeExecutor(result), () -> Duration.ofSeconds(30), clock)
                .get()
                .get(0);
    }

    private static Result fault() {
        FormattingResultLog log = new FormattingResultLog();
        log.info("a commit takes {} ms", 3);
        log.critical("the database cannot be written");
        log.debug("more than anybody wants to know");
        log.critical("entries are lost");
        return new Result(log);
    }

    @Test
    void theCauseIsWhatMakesTheStatusWhatItIs() {
        CheckResult check = run(fault());

        assertThat(check.name()).isEqualTo("visionops.store.write");
        assertThat(check.part()).isEqualTo("store");
        assertThat(check.status()).isEqualTo(HealthStatus.CRITICAL);
        assertThat(check.cause()).isEqualTo("the database cannot be written; entries are lost");
        assertThat(check.remedy()).isEqualTo("make room");
        assertThat(check.tags()).contains("store", "ready");
        assertThat(check.took()).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void onlyOurOwnChecksAreRun() {
        FakeExecutor executor = new FakeExecutor(fault());

        new FelixChecks(executor, () -> Duration.ofSeconds(30), clock).get();

        assertThat(executor.asked.tags()).containsExactly("visionops");
    }

    @Test
    void aCheckThatHangsIsSaidToHang() {
        hung = true;

        CheckResult check = run(new Result(Result.Status.CRITICAL, "Timeout"));

        assertThat(check.status()).isEqualTo(HealthStatus.CRITICAL);
        assertThat(check.cause()).isEqualTo("the check has not come back for 2 s");
        assertThat(check.remedy()).contains("jcmd");
    }

    @Test
    void aResultThatIsOldIsNoResult() {
        Result well = new Result(Result.Status.OK, "well");
        clock.advance(Duration.ofSeconds(90));
        assertThat(run(well).status()).isEqualTo(HealthStatus.OK);

        clock.advance(Duration.ofSeconds(1));

        CheckResult check = run(well);
        assertThat(check.status()).isEqualTo(HealthStatus.CRITICAL);
        assertThat(check.cause()).contains("no result for 91 s");
    }

    @Test
    void aCheckThatRunsByItselfHasThreeOfItsOwnIntervals() {
        properties.put(HealthCheck.ASYNC_INTERVAL_IN_SEC, 600L);
        clock.advance(Duration.ofMinutes(30));

        assertThat(run(new Result(Result.Status.OK, "well")).status()).isEqualTo(HealthStatus.OK);
    }

    @Test
    void aCauseThatIsTooLongIsCut() {
        char[] letters = new char[9_000];
        Arrays.fill(letters, 'x');

        assertThat(run(new Result(Result.Status.WARN, new String(letters))).cause())
                .hasSize(2_000)
                .endsWith("...");
    }
}

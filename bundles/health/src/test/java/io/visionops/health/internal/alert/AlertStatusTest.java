package io.visionops.health.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.alert.AlertRules;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;

class AlertStatusTest {

    private static Result judge(boolean loaded, Optional<String> failure, String... errors) {
        FormattingResultLog log = new FormattingResultLog();
        new AlertStatus(
                        new AlertRules(
                                "io.visionops.alerts.cfg",
                                loaded ? Optional.of(AlertBench.NOON) : Optional.empty(),
                                List.of(),
                                List.of(errors)),
                        List.of(),
                        List.of(),
                        failure)
                .judge(log);
        return new Result(log);
    }

    @Test
    void aFileThatIsInForceIsWell() {
        assertThat(judge(true, Optional.empty()).getStatus()).isEqualTo(Result.Status.OK);
    }

    @Test
    void aFileThatIsRefusedIsAWarningWithItsFirstLine() {
        Result result = judge(true, Optional.empty(), "line 3: wrong", "line 9: wrong too");

        assertThat(result.getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(result.iterator().next().getMessage())
                .isEqualTo(
                        "etc/io.visionops.alerts.cfg is refused, the last good rules stay in force:"
                                + " line 3: wrong; and 1 more");
    }

    @Test
    void withoutAnyRulesThatIsCritical() {
        assertThat(judge(false, Optional.empty(), "there is no such file").getStatus())
                .isEqualTo(Result.Status.CRITICAL);
    }

    @Test
    void thatAlertsCannotBeKeptIsAWarning() {
        assertThat(judge(true, Optional.of("disk full")).getStatus()).isEqualTo(Result.Status.WARN);
    }
}

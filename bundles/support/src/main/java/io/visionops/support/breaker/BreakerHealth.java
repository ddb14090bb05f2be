package io.visionops.support.breaker;

import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;

/** Judges the outside calls of a part. */
public final class BreakerHealth {

    private BreakerHealth() {}

    /** Each call that is not made, or is just tried, with its cause and when it is tried next. */
    public static void judge(List<BreakerStatus> breakers, FormattingResultLog log) {
        for (BreakerStatus breaker : breakers) {
            if (breaker.isTripped()) {
                log.warn("{}", breaker.words());
            }
        }
    }
}

package io.visionops.support.health;

import io.visionops.support.meter.Sampler;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;

/** The result of a check that judges the last sample of its part, and waits for nothing. */
public final class SampledResult {

    private SampledResult() {}

    /**
     * @param part for the words about a part that is not sampled any more
     */
    public static <T> Result of(
            String part, Sampler<T> sampler, BiConsumer<T, FormattingResultLog> judge) {
        FormattingResultLog log = new FormattingResultLog();
        Optional<T> sample = sampler.latest();
        if (sampler.isOverdue()) {
            log.critical(
                    "{} has not told for {} s how it does: it hangs, or this computer is"
                            + " overloaded. Look at the load of this computer and into the log; if"
                            + " it stays, visionops restart",
                    part,
                    sampler.age().toSeconds());
        } else if (sample.isEmpty()) {
            log.info("{} has just been started", part);
        }
        sample.ifPresent(one -> judge.accept(one, log));
        return new Result(log);
    }
}

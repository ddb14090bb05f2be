package io.visionops.support.checkpoint;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.subject.Actor;
import io.visionops.support.thread.TimedCalls;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A checkpoint on request that keeps its deadline whatever the part does. Thread-safe. */
public final class TimedCheckpoint implements CheckpointAction, AutoCloseable {

    /** For what is left to do when the part has waited as long as it may. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(TimedCheckpoint.class);

    private final String part;
    private final Duration deadline;
    private final Saving saving;
    private final TimedCalls calls;

    /** What is done. */
    @FunctionalInterface
    public interface Saving {

        /**
         * @param limit how long it may wait
         * @throws Exception when nothing was saved, with one line for a person
         */
        CheckpointResult run(Duration limit) throws Exception;
    }

    /**
     * @param deadline longer than a second
     */
    public TimedCheckpoint(String part, Duration deadline, Saving saving) {
        this.part = part;
        this.deadline = deadline;
        this.saving = saving;
        this.calls =
                new TimedCalls("checkpoint of " + part, "visionops-checkpoint-" + part, deadline);
    }

    @Override
    public String name() {
        return part;
    }

    @Override
    public Duration deadline() {
        return deadline;
    }

    @Override
    public CheckpointResult checkpoint(String reason, Actor by) {
        LOG.info("checkpoint of {}, asked for by {}: {}", part, by, reason);
        CheckpointResult result =
                calls.run(
                        () -> saving.run(deadline.minus(MARGIN)),
                        why -> CheckpointResult.failed(part, why));
        for (Map.Entry<String, String> one : result.failed().entrySet()) {
            LOG.warn("{} is not saved: {}", one.getKey(), one.getValue());
        }
        return result;
    }

    @Override
    public void close() {
        calls.close();
    }
}

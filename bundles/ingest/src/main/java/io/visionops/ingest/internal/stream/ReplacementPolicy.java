package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.ServiceLevel;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.connect.EndpointSelector;
import io.visionops.ingest.internal.state.LevelRequests;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * When the decoder of a camera that streams is replaced by another one beside it: somebody asked,
 * it should decode more or less, its memory grows, or it uses a fallback and the first address may
 * be well again. Guarded by the camera's lock.
 */
final class ReplacementPolicy {

    /** After a replacement that came to nothing. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration MEMORY_PAUSE = Duration.ofMinutes(10);

    /**
     * A decoder that is to take the place of the one that runs.
     *
     * @param reason for the log
     */
    record Replacement(Endpoint endpoint, ServiceLevel level, String reason) {}

    private final Supplier<MemoryWatch.Limits> limits;
    private final boolean readOnce;
    private LevelRequests requests = LevelRequests.NONE;
    private boolean asked;
    private Optional<String> tooLarge = Optional.empty();
    private MemoryWatch memory;
    private long notBefore;
    private long memoryNotBefore;
    private long firstDue;

    /**
     * @param readOnce a file that is read to its end is not touched by requests
     */
    ReplacementPolicy(Supplier<MemoryWatch.Limits> limits, boolean readOnce, long now) {
        this.limits = limits;
        this.readOnce = readOnce;
        this.memory = new MemoryWatch(limits, now);
        this.notBefore = now;
        this.memoryNotBefore = now;
    }

    void ask(long now) {
        asked = true;
        notBefore = now;
    }

    boolean isAsked() {
        return asked;
    }

    void use(LevelRequests asked, long now) {
        requests = asked;
        notBefore = now;
    }

    LevelRequests requests() {
        return requests;
    }

    /** What is done of what is asked for. */
    ServiceLevel level() {
        return readOnce ? ServiceLevel.FULL : requests.level();
    }

    /** What a decoder is to be started with. */
    ServiceLevel decoding() {
        return readOnce ? ServiceLevel.FULL : requests.decoding();
    }

    /** A sample of the current decoder's memory, in bytes. */
    void used(long now, long bytes) {
        Optional<String> said = memory.sample(now, bytes);
        if (said.isPresent() && now - memoryNotBefore >= 0) {
            tooLarge = said;
        }
    }

    /**
     * Another decoder is current.
     *
     * @param probe how long to wait until the first address is tried again
     */
    void began(long now, Duration probe) {
        memory = new MemoryWatch(limits, now);
        tooLarge = Optional.empty();
        firstDue = now + probe.toNanos();
    }

    /** What is to be started beside the current decoder now. */
    Optional<Replacement> due(
            Endpoint current, ServiceLevel running, EndpointSelector endpoints, long now) {
        if (now - notBefore < 0) {
            return Optional.empty();
        }
        if (current.address() != 0 && now - firstDue >= 0) {
            return replacement(endpoints.endpoint(0), "the first address is tried again");
        }
        if (asked) {
            return replacement(current, "somebody asked for it");
        }
        ServiceLevel level = decoding();
        if (!level.equals(running)) {
            return replacement(current, "it is to decode " + level.words());
        }
        return tooLarge.flatMap(reason -> replacement(current, reason));
    }

    private Optional<Replacement> replacement(Endpoint endpoint, String reason) {
        return Optional.of(new Replacement(endpoint, decoding(), reason));
    }

    /** It has taken the place. */
    void done(long now) {
        asked = false;
        if (tooLarge.isPresent()) {
            memoryNotBefore = now + MEMORY_PAUSE.toNanos();
        }
    }

    /**
     * It could not be started: the name of its process is still in use, or the part that starts
     * processes is away.
     */
    void notStarted(long now) {
        notBefore = now + SOON.toNanos();
    }

    /** It gave no frames. */
    void failed(Replacement what, Endpoint current, long now, Duration probe) {
        boolean other = what.endpoint().address() != current.address();
        Duration pause = other && probe.compareTo(PAUSE) < 0 ? probe : PAUSE;
        notBefore = now + pause.toNanos();
        asked = false;
        if (other) {
            firstDue = now + probe.toNanos();
        }
    }
}

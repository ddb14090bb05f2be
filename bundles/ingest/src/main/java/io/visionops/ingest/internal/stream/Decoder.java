package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.DecoderStatus;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.child.Child;
import io.visionops.api.child.ChildUsage;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.decoder.FfmpegErrorClassifier;
import io.visionops.ingest.internal.decoder.FrameStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One decoder process of a camera, and how far it has been read. */
public final class Decoder {

    /** TERM before KILL. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** One that is silent has little to tidy up, and each moment is one without pictures. */
    static final Duration SILENT_GRACE = Duration.ofMillis(300);

    static final Duration EXIT = Duration.ofSeconds(4);

    /** Most first frames are there within a second. */
    private static final Duration LATE = Duration.ofSeconds(3);

    /** How it came. */
    public enum Origin {
        STARTED,
        /** Beside another one, whose place it is to take. */
        BESIDE,
        /** From a predecessor: its stream is read from somewhere in the middle. */
        ADOPTED
    }

    private final Child child;
    private final FrameStream stream;
    private final Endpoint endpoint;
    private final ServiceLevel level;
    private final Origin origin;
    private final StallDetector silence;
    private final Runnable succeeded;

    /** Why it is being ended. Guarded by the camera's lock. */
    private @Nullable Fault verdict;

    /**
     * @param silence guarded by the camera's lock
     * @param succeeded what is to be done once it has yielded a frame
     */
    Decoder(
            Child child,
            FrameStream stream,
            Endpoint endpoint,
            ServiceLevel level,
            Origin origin,
            StallDetector silence,
            Runnable succeeded) {
        this.child = child;
        this.stream = stream;
        this.endpoint = endpoint;
        this.level = level;
        this.origin = origin;
        this.silence = silence;
        this.succeeded = succeeded;
    }

    public Child child() {
        return child;
    }

    public FrameStream stream() {
        return stream;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    ServiceLevel level() {
        return level;
    }

    /** Whether it was started where there was none. */
    boolean isFirst() {
        return origin == Origin.STARTED;
    }

    boolean isAdopted() {
        return origin == Origin.ADOPTED;
    }

    /** A frame is complete. Guarded by the camera's lock. */
    void frame(long now) {
        silence.frame(now, child.position());
    }

    /** Another reason than silence keeps frames away. Guarded by the camera's lock. */
    void progress(long now) {
        silence.progress(now, child.position());
    }

    /** Its first frame is through; may write to the disk. For its reader. */
    void succeeded() {
        succeeded.run();
    }

    /** Whether frames came. Guarded by the camera's lock. */
    boolean hasStreamed() {
        return silence.hasStreamed();
    }

    /**
     * As others see it.
     *
     * @param usage not believed when it is another process's
     * @param address that it reads
     */
    DecoderStatus connection(Optional<ChildUsage> usage, Address address) {
        Optional<ChildUsage> own =
                usage.filter(one -> one.process().pid() == child.process().pid());
        return new DecoderStatus(
                child.process(),
                endpoint.address(),
                address.scheme().isRtsp() ? Optional.of(endpoint.transport()) : Optional.empty(),
                level,
                own.map(ChildUsage::memory).orElse(0L),
                own.map(ChildUsage::cpu).orElse(Duration.ZERO),
                own.map(ChildUsage::load).orElse(0.0));
    }

    /** Frames a second that should come; 0 when nobody knows. */
    int expected() {
        return silence.expected();
    }

    void end() {
        child.end(GRACE);
    }

    /** Ends it when it has been silent for too long. Guarded by the camera's lock. */
    void judge(long now) {
        silence.judge(now, child.position(), this::cpu).ifPresent(this::giveUp);
    }

    /** Ends it because nothing good can come of it. Guarded by the camera's lock. */
    void giveUp(Fault fault) {
        if (verdict == null) {
            verdict = fault;
            child.end(SILENT_GRACE);
        }
    }

    /** Whether its first frame is overdue, if not hopeless. Guarded by the camera's lock. */
    boolean isLate(long now) {
        return !silence.hasStreamed() && silence.lasts(now).compareTo(LATE) >= 0;
    }

    /** Nanoseconds; 0 when the system does not say. */
    private long cpu() {
        return ProcessHandle.of(child.process().pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(0L);
    }

    /** Waits for the end; -1 when it cannot even be brought about. */
    static int awaitExit(Child child) throws InterruptedException {
        for (int tries = 0; tries < 2; tries++) {
            try {
                return child.exit().get(EXIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                child.end(Duration.ZERO);
            } catch (ExecutionException e) {
                return -1;
            }
        }
        return -1;
    }

    /**
     * Why it ended, once it has. Guarded by the camera's lock.
     *
     * @param broken what was wrong with its output
     */
    Fault conclusion(int exit, Optional<String> broken) {
        if (verdict != null) {
            return FfmpegErrorClassifier.ofSilence(
                    verdict, child.errorLines(), silence.hasStreamed());
        }
        if (broken.isPresent()) {
            return new Fault(Cause.CODEC, broken.get());
        }
        boolean streamed = silence.hasStreamed();
        Fault fault = FfmpegErrorClassifier.of(exit, child.errorLines(), streamed);
        return fault.cause() == Cause.END_OF_STREAM && exit == 0 && !streamed
                ? new Fault(Cause.CODEC, fault.detail())
                : fault;
    }

    /** How far a file that is finished was read, for a person. */
    String readTo() {
        return FfmpegErrorClassifier.isCutOff(child.errorLines())
                ? "the file is cut off, and has been read to there: copy it again"
                : "the file has been read to its end";
    }

    /** Whether it ended because there was nothing more to read. Guarded by the camera's lock. */
    boolean hasFinished(int exit, Fault conclusion) {
        return exit == 0
                && silence.hasStreamed()
                && verdict == null
                && conclusion.cause() == Cause.END_OF_STREAM;
    }
}

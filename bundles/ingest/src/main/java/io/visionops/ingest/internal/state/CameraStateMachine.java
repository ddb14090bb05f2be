package io.visionops.ingest.internal.state;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.ingest.internal.decoder.FfmpegErrorClassifier;
import io.visionops.ingest.internal.state.StateData.FailureCounts;
import io.visionops.ingest.internal.state.StateData.Flow;
import io.visionops.ingest.internal.state.Trigger.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * The rules by which a camera's situation changes: (situation, happening, time) to the next
 * situation and what is to be done. Pure but for the jitter. {@link TransitionTable} says which
 * states can follow.
 *
 * <p>A failure leads to BACKOFF with a wait that doubles; more failures in a row than {@code
 * retries} lead to OFFLINE and a slow probe for ever, in which each address is tried once. A
 * permanent cause (wrong password, no such stream) leads there as soon as every address has given
 * one, and calls a person. Failures are forgotten after {@link #STABLE} of frames without a gap.
 */
public final class CameraStateMachine {

    static final Duration STABLE = Duration.ofSeconds(30);

    /** Frames that are further apart are no stable stretch. */
    static final Duration GAP = Duration.ofSeconds(3);

    /** Before the next slow wait, when one that is OFFLINE answers again. */
    static final int QUICK_TRIES = 5;

    /**
     * Before the next try when a decoder died of a stream that was well: the camera is not at
     * fault. Once; a second death within {@link #STABLE} waits as others do.
     */
    static final Duration AT_ONCE = Duration.ofMillis(100);

    /** Added to a wait, at most: cameras that were lost together are not tried together. */
    static final double JITTER = 0.2;

    private final ReconnectPolicy reconnect;
    private final int addresses;
    private final DoubleSupplier random;

    /**
     * @param addresses that are tried in turn, the first included
     * @param random 0..1
     */
    public CameraStateMachine(ReconnectPolicy reconnect, int addresses, DoubleSupplier random) {
        this.reconnect = reconnect;
        this.addresses = addresses;
        this.random = random;
    }

    /** What it waits by. */
    public ReconnectPolicy reconnect() {
        return reconnect;
    }

    /**
     * @throws IllegalStateException when a rule contradicts {@link TransitionTable}
     */
    public Transition next(StateData now, Trigger trigger, long nanos) {
        Set<CameraState> allowed = TransitionTable.after(now.state(), trigger.kind());
        if (allowed.isEmpty() || !isPossible(now, trigger.kind(), nanos)) {
            return Transition.to(now);
        }
        Transition step = step(now, trigger, nanos);
        if (!allowed.contains(step.stateData().state())) {
            throw new IllegalStateException(
                    now.state() + " and " + trigger.kind() + " led to " + step.stateData());
        }
        return step;
    }

    private static boolean isPossible(StateData now, Kind kind, long nanos) {
        return switch (kind) {
            case DUE -> now.waiting() && nanos - now.retry() >= 0;
            // Of a decoder that has been given up nothing counts any more.
            case FRAME, LOST -> now.isRunning();
            case ANSWERED -> !now.isStreaming();
            // Who wants it to be tried does not know that it is paused; one that is read to its end
            // stays so.
            case ASKED -> !now.isPaused();
            case PAUSED -> now.state() != CameraState.IDLE || now.isPaused();
            case RESUMED -> now.isPaused();
            default -> true;
        };
    }

    private Transition step(StateData now, Trigger trigger, long nanos) {
        if (trigger instanceof Trigger.Lost lost) {
            return lost(now, lost, nanos);
        }
        if (trigger instanceof Trigger.Slow slow) {
            return judged(now, now.flow().slow(true), slow.words(), nanos);
        }
        if (trigger instanceof Trigger.PictureFault picture) {
            return judged(now, now.flow().picture(Optional.of(picture.fault())), "", nanos);
        }
        if (trigger instanceof Trigger.Paused paused) {
            return paused(now, paused.words(), nanos);
        }
        if (trigger instanceof Trigger.Finished finished) {
            return finished(now, finished.words(), nanos);
        }
        return switch (trigger.kind()) {
            case DUE -> due(now, nanos);
            case FRAME -> frame(now, nanos);
            case FLUENT -> judged(now, Flow.from(nanos).picture(now.flow().picture()), "", nanos);
            case PICTURE_WELL -> judged(now, now.flow().picture(Optional.empty()), "", nanos);
            case ASKED -> asked(now, nanos);
            case RESUMED -> resumed(now, nanos);
            case ANSWERED -> answered(now, nanos);
            default ->
                    told(now, now.notWaiting().enter(CameraState.DISABLED, nanos), "")
                            .andIf(now.isRunning(), new Action.EndDecoder());
        };
    }

    private static Transition due(StateData now, long nanos) {
        CameraState state =
                now.state() == CameraState.OFFLINE ? CameraState.OFFLINE : CameraState.CONNECTING;
        return told(now, now.notWaiting().enter(state, nanos), "").and(new Action.Start());
    }

    private static Transition frame(StateData now, long nanos) {
        Flow flow = now.flow();
        if (!now.isStreaming()) {
            StateData streaming =
                    now.enter(CameraState.STREAMING, nanos)
                            .with(Optional.empty())
                            .with(Flow.from(nanos))
                            .with(new FailureCounts(now.misses().failures(), 0, 0, false));
            return told(now, streaming, "");
        }
        boolean steady = nanos - flow.last() <= GAP.toNanos() && !flow.slow();
        long from = steady ? flow.steady() : nanos;
        StateData next = now.with(new Flow(from, nanos, flow.slow(), flow.picture()));
        boolean forgotten = nanos - from >= STABLE.toNanos() && now.misses().failures() > 0;
        return forgotten
                ? Transition.to(next.with(FailureCounts.NONE)).and(new Action.Keep())
                : Transition.to(next);
    }

    private Transition lost(StateData now, Trigger.Lost lost, long nanos) {
        Fault fault = lost.fault();
        FailureCounts before = now.misses();
        int failures = before.failures() + 1;
        int permanent =
                FfmpegErrorClassifier.isPermanent(fault.cause()) ? before.permanent() + 1 : 0;
        boolean was = now.state() == CameraState.OFFLINE;
        boolean hopeless = permanent >= addresses;
        boolean offline = was || hopeless || failures > reconnect.retries();
        int round = was ? before.round() + 1 : addresses;
        boolean probed = offline && round >= addresses;
        boolean alert = hopeless && !before.alerted();
        FailureCounts misses =
                new FailureCounts(
                        failures, permanent, probed ? 0 : round, before.alerted() || alert);
        boolean ours = fault.cause() == Cause.CRASHED && now.isStreaming() && failures == 1;
        // A camera that refuses a way is there: nothing is gained by waiting with the usual one.
        boolean atOnce = ours || lost.refused();
        Duration wait =
                probed ? reconnect.probe() : atOnce ? AT_ONCE : backoff(offline ? 1 : failures);
        long until = nanos + jittered(wait).toNanos();
        StateData next =
                now.enter(offline ? CameraState.OFFLINE : CameraState.BACKOFF, nanos)
                        .with(Optional.of(fault))
                        .with(misses)
                        .waitingUntil(until);
        return told(now, next, "")
                .and(new Action.WaitUntil(until))
                .andIf(alert, new Action.Alert(fault));
    }

    private static Transition finished(StateData now, String words, long nanos) {
        Fault end = new Fault(Cause.END_OF_STREAM, words);
        return told(
                now,
                now.enter(CameraState.IDLE, nanos).with(Optional.of(end)).with(FailureCounts.NONE),
                "");
    }

    private static Transition paused(StateData now, String words, long nanos) {
        StateData next =
                now.notWaiting()
                        .enter(CameraState.IDLE, nanos)
                        .with(Optional.of(new Fault(Cause.PAUSED, words)))
                        .with(new FailureCounts(0, 0, 0, now.misses().alerted()));
        return told(now, next, "").andIf(now.isRunning(), new Action.EndDecoder());
    }

    /** What was wrong before the pause may be over. */
    private static Transition resumed(StateData now, long nanos) {
        StateData next =
                now.enter(CameraState.CONNECTING, nanos)
                        .with(Optional.<Fault>empty())
                        .waitingUntil(nanos);
        return told(now, next, "").and(new Action.WaitUntil(nanos));
    }

    /** Frames come, and something else is thought of them. */
    private static Transition judged(StateData now, Flow flow, String more, long nanos) {
        CameraState state = flow.isGood() ? CameraState.STREAMING : CameraState.DEGRADED;
        StateData next = now.enter(state, nanos).with(flow).with(flow.picture());
        return told(now, next, more);
    }

    /**
     * A decoder that got nothing out of the camera before it answered will get nothing after it.
     * Waits are short again: a camera that starts often answers some seconds before it has
     * pictures.
     */
    private static Transition answered(StateData now, long nanos) {
        FailureCounts before = now.misses();
        boolean offline = now.state() == CameraState.OFFLINE;
        FailureCounts fresh =
                new FailureCounts(
                        offline ? before.failures() : Math.min(before.failures(), 1),
                        before.permanent(),
                        offline ? -QUICK_TRIES : before.round(),
                        before.alerted());
        return Transition.to(now.with(fresh).waitingUntil(nanos))
                .andIf(now.isRunning(), new Action.EndDecoder())
                .and(new Action.WaitUntil(nanos));
    }

    private static Transition asked(StateData now, long nanos) {
        CameraState state =
                now.state() == CameraState.OFFLINE ? CameraState.OFFLINE : CameraState.CONNECTING;
        return told(now, now.enter(state, nanos).waitingUntil(nanos), "")
                .andIf(now.isRunning(), new Action.EndDecoder())
                .and(new Action.WaitUntil(nanos));
    }

    /** A new state is news, and so is another reason for the same bad one. */
    private static Transition told(StateData before, StateData next, String more) {
        boolean degraded = next.state() == CameraState.DEGRADED;
        boolean news =
                before.state() != next.state() || degraded && !cause(before).equals(cause(next));
        return Transition.to(next).andIf(news, new Action.Tell(more));
    }

    private static Optional<Cause> cause(StateData stateData) {
        return stateData.fault().map(Fault::cause);
    }

    /** The initial wait, doubled with each failure, at most the longest. */
    private Duration backoff(int failures) {
        int doublings = Math.min(failures - 1, 30);
        double millis = reconnect.initial().toMillis() * Math.pow(2, doublings);
        return Duration.ofMillis((long) Math.min(millis, reconnect.max().toMillis()));
    }

    private Duration jittered(Duration wait) {
        return Duration.ofNanos((long) (wait.toNanos() * (1 + JITTER * random.getAsDouble())));
    }
}

package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.Fault;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.frame.Slot;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Reads the decoders of one camera, brings their frames into the ring and tells what they mean for
 * the camera. Two of them may be read at a time; their frames are delivered one after the other.
 * Thread-safe.
 */
final class FrameReader {

    private static final long SECOND = 1_000_000_000;

    /** So much of the analysis of a file read in order is done again after a crash, at most. */
    private static final long CHECKPOINT = 5 * SECOND;

    /** From which frame of a decoder beside the current one its frames are the camera's. */
    enum Takeover {
        /** From this one on. */
        NOW,
        /** From its next one on: the other decoder has just given this moment. */
        NEXT,
        /** From none: it is not wanted. */
        REFUSED
    }

    private final StreamState state;
    private final StateLock lock;
    private final FrameRing ring;
    private final PictureInspector inspector;
    private final Ticker ticker;
    private final Runnable checkpoint;
    private final boolean isInOrder;
    private final ReentrantLock delivery = new ReentrantLock();

    /**
     * @param checkpoint called by the reading thread after the first frame of each decoder, and now
     *     and then after those of a file read in order
     */
    FrameReader(
            StreamState state, FrameRing ring, PictureInspector inspector, Runnable checkpoint) {
        this.state = state;
        this.lock = state.lock();
        this.ring = ring;
        this.inspector = inspector;
        this.ticker = state.context().ticker();
        this.isInOrder = state.settings().isAsap();
        this.checkpoint = checkpoint;
    }

    /**
     * Reads the current decoder until its output ends or belongs to somebody else.
     *
     * @param passed pictures at its beginning that nobody wants
     * @return what is wrong with the output; empty when it just ended
     */
    Optional<String> read(Decoder decoder, long passed) throws InterruptedException {
        try {
            Size size = decoder.stream().size();
            if (decoder.isFirst()) {
                inspector.connected();
            }
            long left = passed;
            long written = ticker.nanos();
            for (; next(decoder, size, left <= 0); left--) {
                if (left == 0) {
                    decoder.succeeded();
                }
                boolean due = isInOrder && ticker.nanos() - written >= CHECKPOINT;
                if (left == 0 || left < 0 && due) {
                    written = ticker.nanos();
                    checkpoint.run();
                }
            }
            return Optional.empty();
        } catch (EOFException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Returns whether to go on. */
    private boolean next(Decoder decoder, Size size, boolean wanted)
            throws IOException, InterruptedException {
        Slot slot = ring.reserve(size);
        boolean complete = false;
        try {
            complete = decoder.stream().next(slot.memory());
        } finally {
            if (!complete || !wanted) {
                ring.giveBack(slot);
            }
        }
        long completed = ticker.nanos();
        if (!complete || !wanted) {
            return complete && passedOver(decoder, completed);
        }
        delivery.lock();
        try {
            return deliver(decoder, size, slot, completed);
        } finally {
            delivery.unlock();
        }
    }

    /**
     * A decoder beside the current one has a frame of the present.
     *
     * @param choose asked while the reader of the other decoder is not in the middle of a frame
     * @return whether it is current and has to be read on; empty when it is refused
     */
    Optional<Boolean> takeOver(
            Decoder decoder, ByteBuffer first, long completed, Supplier<Takeover> choose)
            throws IOException, InterruptedException {
        delivery.lock();
        try {
            Takeover choice = choose.get();
            if (choice == Takeover.REFUSED) {
                return Optional.empty();
            }
            inspector.connected();
            if (choice == Takeover.NEXT) {
                return Optional.of(true);
            }
            Size size = decoder.stream().size();
            Slot slot = ring.reserve(size);
            slot.memory().clear().put(first);
            return Optional.of(deliver(decoder, size, slot, completed));
        } finally {
            delivery.unlock();
        }
    }

    /** Guarded by "delivery". Returns whether to go on. */
    private boolean deliver(Decoder decoder, Size size, Slot slot, long completed)
            throws InterruptedException {
        Optional<Fault> fault = inspector.inspect(slot.view(), size, completed);
        OptionalLong since = fault.isPresent() ? inspector.since() : OptionalLong.empty();
        Optional<Instant> at = arrived(decoder, size, completed, fault, since);
        if (at.isEmpty()) {
            ring.giveBack(slot);
            return false;
        }
        boolean taken = ring.offer(slot, at.get(), completed);
        return offered(decoder, taken);
    }

    /** A frame that nobody wants; returns whether to go on. */
    private boolean passedOver(Decoder decoder, long completed) {
        return lock.get(
                () -> {
                    decoder.progress(completed);
                    return state.goesOn();
                });
    }

    /**
     * A frame is complete.
     *
     * @param fault of its picture
     * @param since when that began, where it is known
     * @return its time; empty when it is not wanted any more
     */
    private Optional<Instant> arrived(
            Decoder decoder, Size size, long completed, Optional<Fault> fault, OptionalLong since) {
        return lock.get(
                () -> {
                    if (decoder != state.decoder() || !state.isWanted()) {
                        return Optional.empty();
                    }
                    Instant at = state.progress().frame(size, completed);
                    decoder.frame(completed);
                    since.ifPresent(state.coverage()::pictureWrong);
                    state.driver().frameCame(decoder.endpoint(), fault);
                    state.coverage().frame(at, completed);
                    return Optional.of(at);
                });
    }

    /** A frame is in the ring, or was not taken; returns whether to go on reading. */
    private boolean offered(Decoder decoder, boolean taken) {
        return lock.get(
                () -> {
                    decoder.progress(state.now());
                    if (taken) {
                        state.progress().taken();
                    }
                    if (state.isHandingOver() && decoder == state.decoder()) {
                        state.release(decoder);
                    }
                    return decoder == state.decoder();
                });
    }
}

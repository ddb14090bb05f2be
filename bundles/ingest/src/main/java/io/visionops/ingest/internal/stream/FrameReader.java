package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.Fault;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.decoder.FrameStream;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.frame.Slot;
import io.visionops.ingest.internal.stream.StandbyDecoder.Choice;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/** Reads the decoders of one feed and brings their frames into the ring. */
final class FrameReader {

    private static final long SECOND = 1_000_000_000;

    /** A decoder that is never through with the past is taken as it is after so many of frames. */
    private static final int CATCH_UP_SECONDS = 5;

    private final FrameIntake intake;
    private final StandbyDecoder standby;
    private final FrameRing ring;
    private final PictureInspector inspector;
    private final Ticker ticker;
    private final Runnable begun;
    private final boolean isInOrder;
    private final ReentrantLock delivery = new ReentrantLock();

    /** So much of the analysis of a file read in order is done again after a crash, at most. */
    private static final long CHECKPOINT = 5 * SECOND;

    /**
     * @param begun called by the reading thread after the first frame of each decoder, and now and
     *     then after those of a file read in order
     */
    FrameReader(
            FrameIntake intake,
            StandbyDecoder standby,
            FrameRing ring,
            PictureInspector inspector,
            Ticker ticker,
            boolean isInOrder,
            Runnable begun) {
        this.intake = intake;
        this.standby = standby;
        this.ring = ring;
        this.inspector = inspector;
        this.ticker = ticker;
        this.isInOrder = isInOrder;
        this.begun = begun;
    }

    /**
     * Reads until the output ends or belongs to somebody else.
     *
     * @param passed pictures at its beginning that nobody wants
     * @return what is wrong with the output; empty when it just ended
     */
    Optional<String> read(Decoder decoder, long passed) throws InterruptedException {
        try {
            FrameStream stream = decoder.stream();
            Size size = stream.size();
            if (decoder.isBeside()) {
                if (!audition(decoder, size)) {
                    return Optional.empty();
                }
            } else if (!decoder.isAdopted()) {
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
                    begun.run();
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
            return complete && intake.passedOver(decoder, completed);
        }
        return deliver(decoder, size, slot, completed);
    }

    /** Reads until one of its frames takes the place of the current decoder's; false for never. */
    private boolean audition(Decoder decoder, Size size) throws IOException, InterruptedException {
        ByteBuffer memory = ByteBuffer.allocateDirect(size.bytes());
        OptionalLong caughtUp = catchUp(decoder, memory);
        if (caughtUp.isEmpty()) {
            return false;
        }
        long completed = caughtUp.getAsLong();
        delivery.lock();
        try {
            // The reader of the other decoder is not in the middle of a frame now.
            Choice choice = standby.choose(decoder, completed);
            if (choice != Choice.REFUSED) {
                inspector.connected();
            }
            if (choice == Choice.CHOSEN) {
                Slot slot = ring.reserve(size);
                slot.memory().clear().put(memory);
                return deliver(decoder, size, slot, completed);
            }
            return choice == Choice.NEXT;
        } finally {
            delivery.unlock();
        }
    }

    /**
     * Reads up to the first frame that had to be waited for: a decoder begins with what it gathered
     * while it looked at the stream, and the other one has given those moments. Of key frames each
     * is the present.
     *
     * @return when that frame was complete; empty when the output ended before
     */
    private OptionalLong catchUp(Decoder decoder, ByteBuffer memory) throws IOException {
        int fps = decoder.expected();
        int most = CATCH_UP_SECONDS * fps;
        for (int frames = 0; ; frames++) {
            long asked = ticker.nanos();
            if (!decoder.stream().next(memory)) {
                return OptionalLong.empty();
            }
            long completed = ticker.nanos();
            boolean waited = frames > 0 && (completed - asked) * 2 * fps >= SECOND;
            if (waited || frames >= most) {
                return OptionalLong.of(completed);
            }
            standby.rehearsed(decoder, completed);
        }
    }

    /** One at a time, so that frames of two decoders are not mixed up. Returns whether to go on. */
    private boolean deliver(Decoder decoder, Size size, Slot slot, long completed)
            throws InterruptedException {
        delivery.lock();
        try {
            return inOrder(decoder, size, slot, completed);
        } finally {
            delivery.unlock();
        }
    }

    private boolean inOrder(Decoder decoder, Size size, Slot slot, long completed)
            throws InterruptedException {
        Optional<Fault> fault = inspector.inspect(slot.view(), size, completed);
        OptionalLong since = fault.isPresent() ? inspector.since() : OptionalLong.empty();
        Optional<Instant> at = intake.arrived(decoder, size, completed, fault, since);
        if (at.isEmpty()) {
            ring.giveBack(slot);
            return false;
        }
        boolean taken = ring.offer(slot, at.get(), completed);
        return intake.offered(decoder, taken);
    }
}

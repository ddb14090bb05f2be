package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Fault;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.decoder.FrameStream;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.frame.Slot;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Reads the decoders of one feed and brings their frames into the ring. */
final class FrameReader {

    private final FeedState feed;
    private final FrameRing ring;
    private final PictureInspector inspector;
    private final Ticker ticker;

    FrameReader(FeedState feed, FrameRing ring, PictureInspector inspector, Ticker ticker) {
        this.feed = feed;
        this.ring = ring;
        this.inspector = inspector;
        this.ticker = ticker;
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
            if (!decoder.isAdopted()) {
                inspector.connected();
            }
            long left = passed;
            while (next(decoder, size, left <= 0)) {
                left--;
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
            return complete && feed.passedOver(decoder, completed);
        }
        Optional<Fault> fault = inspector.inspect(slot.view(), size, completed);
        Optional<Instant> at = feed.arrived(decoder, size, completed, fault);
        if (at.isEmpty()) {
            ring.giveBack(slot);
            return false;
        }
        boolean taken = ring.offer(slot, at.get(), completed);
        return feed.offered(decoder, taken);
    }
}

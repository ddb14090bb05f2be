package io.visionops.ingest.internal.handover;

import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.frame.FrameCounts;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.connect.EndpointSelector;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.state.LevelRequests;
import io.visionops.ingest.internal.state.StateData;
import java.time.Instant;
import java.util.Optional;

/**
 * What the next feed of a camera must know to go on where one stopped.
 *
 * @param running the decoder that was left running
 * @param situation its times are of the monotonic clock
 * @param since when its state was entered, wall clock
 * @param sequence of the last frame
 * @param counts of frames whose fate is known
 * @param passed frames that the consumer has got of a file read {@code asap}
 * @param origin when a file read {@code asap} began; else the time of the last frame
 * @param launches decoders started so far
 * @param streamed frames came at least once, in this run of the program or before
 * @param wish also while it is being carried out
 */
public record Handover(
        Optional<Running> running,
        StateData stateData,
        Instant since,
        EndpointSelector endpoints,
        long sequence,
        FrameCounts counts,
        long passed,
        Optional<Instant> origin,
        long launches,
        boolean streamed,
        Wish wish) {

    /**
     * What somebody asked for that is not through.
     *
     * @param requests how much is to be done
     * @param renewal another decoder in place of the present one
     */
    public record Wish(LevelRequests requests, boolean renewal) {

        static final Wish NONE = new Wish(LevelRequests.NONE, false);
    }

    /**
     * A decoder whose output somebody has begun to read.
     *
     * @param name of the child
     * @param header length of the stream's header in bytes
     * @param position bytes that were read when the sequence was told
     */
    public record Running(
            String name,
            long pid,
            Size size,
            int header,
            long position,
            Endpoint endpoint,
            ServiceLevel level) {

        /** How many more pictures have been begun by a reader that vanished without a word. */
        public long picturesSince(long now) {
            int each = size.written();
            return ceiling(now - header, each) - ceiling(position - header, each);
        }

        private static long ceiling(long bytes, int each) {
            return (bytes + each - 1) / each;
        }
    }
}

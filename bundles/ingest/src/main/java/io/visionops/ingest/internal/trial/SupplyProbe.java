package io.visionops.ingest.internal.trial;

import io.visionops.api.camera.CameraIdentity;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.DecoderCommand.Supply;
import io.visionops.ingest.internal.wire.Deadline;
import java.time.Duration;
import java.util.Optional;

/** Asks a web camera whether it gives a stream or one picture a request. Stateless. */
public final class SupplyProbe {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private SupplyProbe() {}

    /**
     * Blocks, for some seconds at most; whatever fails is left to the decoder to say.
     *
     * @param known what the camera showed at its first success
     */
    public static Supply of(Address address, Optional<CameraIdentity> known, Ticker ticker) {
        if (!address.scheme().isHttp()) {
            return Supply.STREAM;
        }
        try {
            Stages stages = new Stages(StageName.of(address), ticker);
            return new Visit(address, known, Deadline.in(ticker, LIMIT), stages).go().supply();
        } catch (StageFailed e) {
            return Supply.STREAM;
        }
    }
}

package io.visionops.ingest.internal.connectiontest;

import io.visionops.api.camera.CameraIdentity;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.DecoderCommand.Supply;
import io.visionops.ingest.internal.trust.Mistrusted;
import io.visionops.support.network.Deadline;
import java.time.Duration;
import java.util.Optional;

/** Asks a web camera whether it gives a stream or one picture a request. Stateless. */
public final class SupplyProbe {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private SupplyProbe() {}

    /**
     * Blocks, for some seconds at most; whatever fails is left to the decoder to say, but for what
     * the decoder is not told.
     *
     * @param known what the camera showed at its first success
     * @throws Mistrusted when it gives what is not read
     */
    public static Supply of(Address address, Optional<CameraIdentity> known, Ticker ticker)
            throws Mistrusted {
        if (!address.scheme().isHttp()) {
            return Supply.STREAM;
        }
        try {
            Stages stages = new Stages(StageName.of(address), ticker);
            return new ProtocolCheck(address, known, Deadline.in(ticker, LIMIT), stages)
                    .go()
                    .supply();
        } catch (StageFailed e) {
            if (e.why().equals(Optional.of(Cause.CODEC))) {
                throw new Mistrusted(new Fault(Cause.CODEC, e.found()));
            }
            return Supply.STREAM;
        }
    }
}

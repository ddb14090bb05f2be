package io.visionops.ingest.internal.trust;

import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.Pin;
import java.util.Optional;

/**
 * What a decoder may be given.
 *
 * @param address without user and password where they are not asked for any more
 * @param pin the certificate to which it is held, where that can be
 * @param shown what is to be remembered when it succeeds; empty for nothing
 */
public record Clearance(Address address, Optional<Pin> pin, Optional<Shown> shown) {

    /** The address as it is; nothing is remembered. */
    public static Clearance plain(Address address) {
        return new Clearance(address, Optional.empty(), Optional.empty());
    }
}

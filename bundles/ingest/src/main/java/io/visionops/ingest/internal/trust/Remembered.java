package io.visionops.ingest.internal.trust;

import io.visionops.api.camera.CameraIdentity;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.Pin;
import java.util.Optional;

/** What is remembered of the addresses of a camera. */
public interface Remembered {

    /** Of an address that nobody has configured. */
    Remembered NOTHING =
            new Remembered() {
                @Override
                public Optional<CameraIdentity> identity(Address address) {
                    return Optional.empty();
                }

                @Override
                public Optional<Pin> pin(Address address) {
                    return Optional.empty();
                }
            };

    /**
     * What it showed at its first success.
     *
     * @throws java.io.UncheckedIOException when that cannot be read
     */
    Optional<CameraIdentity> identity(Address address);

    /** The certificate to which a decoder can be held. */
    Optional<Pin> pin(Address address);
}

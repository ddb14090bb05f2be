package io.visionops.security.internal.audit.verify;

import io.visionops.security.internal.audit.chain.Checkpoint;
import io.visionops.security.internal.audit.chain.DevicePublicKey;
import io.visionops.security.internal.audit.chain.EpochKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a log from outside of its folder.
 *
 * @param initial the first key; without it tags are not verified
 * @param device by which checkpoints are signed; without it the one in the folder is taken
 * @param keyEpoch of the key that the program goes on with, read before the log
 * @param copies of checkpoints that are kept elsewhere
 */
public record Evidence(
        Optional<EpochKey> initial,
        Optional<DevicePublicKey> device,
        OptionalLong keyEpoch,
        List<Copy> copies) {

    /**
     * A checkpoint that is kept elsewhere.
     *
     * @param place in words
     */
    public record Copy(Checkpoint checkpoint, String place) {}

    public static final Evidence NONE =
            new Evidence(Optional.empty(), Optional.empty(), OptionalLong.empty(), List.of());

    public Evidence {
        copies = List.copyOf(copies);
    }
}

package io.visionops.shell.internal.json;

import io.visionops.api.camera.CameraIdentity;
import io.visionops.api.camera.CameraTrust;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By what a camera is known again.
 *
 * @param accepted what was refused has just been accepted
 * @param addresses those that hold a password or are secure
 */
public record TrustDocument(String camera, boolean accepted, List<Row> addresses) {

    /**
     * One address.
     *
     * @param known null before its first success
     * @param refused null unless it waits for somebody to accept it
     */
    public record Row(String address, @Nullable Identity known, @Nullable Identity refused) {}

    /**
     * What it showed.
     *
     * @param login {@code none}, {@code digest-sha-256}, {@code digest-md5} or {@code basic}
     * @param certificate SHA-256 of its public key in hex; null without TLS
     */
    public record Identity(String login, @Nullable String certificate) {

        static @Nullable Identity of(Optional<CameraIdentity> identity) {
            return identity.map(
                            one -> new Identity(one.login().key(), one.certificate().orElse(null)))
                    .orElse(null);
        }
    }

    public static TrustDocument of(String camera, boolean accepted, List<CameraTrust> trust) {
        return new TrustDocument(
                camera,
                accepted,
                trust.stream()
                        .map(
                                one ->
                                        new Row(
                                                one.endpoint(),
                                                Identity.of(one.known()),
                                                Identity.of(one.refused())))
                        .toList());
    }
}

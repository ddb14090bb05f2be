package io.visionops.ingest.internal.camera;

import io.visionops.ingest.internal.config.CameraFile;
import io.visionops.ingest.internal.config.CameraText;
import io.visionops.ingest.internal.stream.StreamSupervisor;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One configuration: what it says, and what its camera runs with. Used by the thread of changes
 * alone.
 */
final class CameraEntry {

    final CameraFile file;

    /** What it says now, good or not. */
    CameraText text;

    /** What the camera runs with. */
    @Nullable CameraText inForce;

    @Nullable PublishedCamera published;
    Optional<String> refusal = Optional.empty();

    /** Does it lack something that may come by itself: a secret? */
    boolean waits;

    CameraEntry(CameraText text) {
        this.file = text.file();
        this.text = text;
    }

    @Nullable StreamSupervisor supervisor() {
        return published == null ? null : published.supervisor();
    }

    /** As others see it. */
    RegisteredCamera registered() {
        Set<String> secrets = new TreeSet<>(text.secrets());
        Stream.ofNullable(inForce).forEach(used -> secrets.addAll(used.secrets()));
        return new RegisteredCamera(
                file,
                Optional.ofNullable(published).map(PublishedCamera::camera),
                refusal,
                secrets);
    }
}

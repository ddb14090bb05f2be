package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraSettings;
import io.visionops.ingest.internal.config.CameraFile;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.stream.StreamSupervisor;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a camera whose settings are right can run beside the others: no other file is about it,
 * and there is memory for it.
 */
record CameraAdmission(MemoryBudget memory) {

    /**
     * @param others all other configurations
     * @param isNew whether it has never run; one that has is started whatever else runs just now
     * @throws InvalidSetting when it cannot
     */
    void check(
            CameraFile file, CameraSettings settings, Collection<CameraEntry> others, boolean isNew)
            throws InvalidSetting {
        refuseTwins(file, others);
        if (settings.enabled()) {
            List<StreamSupervisor> running =
                    others.stream().flatMap(one -> Stream.ofNullable(one.supervisor())).toList();
            refuseTooLarge(settings, running, isNew);
        }
    }

    /** front.cfg and front.config would fight for one camera. */
    private static void refuseTwins(CameraFile file, Collection<CameraEntry> others)
            throws InvalidSetting {
        for (CameraEntry other : others) {
            if (other.file.camera().equals(file.camera())) {
                throw new InvalidSetting(
                        "camera "
                                + file.camera()
                                + " is configured by "
                                + other.file.file()
                                + " already: remove one of them");
            }
        }
    }

    /** Memory that it will need is asked for now: that there is none is to be its own trouble. */
    private void refuseTooLarge(
            CameraSettings settings, List<StreamSupervisor> running, boolean isNew)
            throws InvalidSetting {
        memory.reserve(
                DecoderSettings.of(settings),
                running.stream().map(StreamSupervisor::plan).toList());
        if (isNew) {
            memory.reserveDecoder(
                    running.stream()
                            .filter(supervisor -> supervisor.connection().isEmpty())
                            .count());
        }
    }
}

package io.visionops.ingest.internal.health;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Incident;
import io.visionops.api.frame.FrameCounts;
import io.visionops.support.journal.JournalState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How ingest did at one moment.
 *
 * @param cameras those that are enabled, ordered by name
 * @param refusals configuration files that are not in force
 * @param incidents losses of several cameras, which go on
 */
record IngestSample(
        List<OneCamera> cameras,
        List<ConfigurationError> refusals,
        List<Incident> incidents,
        JournalState journal) {

    /** Of cameras that are offline. */
    static final int MANY = 5;

    IngestSample {
        cameras = List.copyOf(cameras);
        refusals = List.copyOf(refusals);
        incidents = List.copyOf(incidents);
    }

    Set<String> names() {
        return cameras.stream().map(OneCamera::name).collect(toUnmodifiableSet());
    }

    List<OneCamera> offline() {
        return cameras.stream().filter(OneCamera::isOffline).toList();
    }

    /** Whether so many are offline that most of what is to be watched is not. */
    boolean isLost() {
        int offline = offline().size();
        return offline >= MANY || offline * 2 > cameras.size();
    }

    /** Offline cameras that go by the cause of several, and are not each to be looked at. */
    Set<String> explained() {
        return incidents.stream()
                .flatMap(incident -> incident.cameras().stream())
                .collect(toUnmodifiableSet());
    }

    /**
     * One camera.
     *
     * @param frameAge since its newest frame was seen to be another; zero while none is to come
     */
    record OneCamera(CameraStatus status, FrameCounts counts, Duration frameAge) {

        String name() {
            return status.camera();
        }

        /** Pictures come. */
        boolean isOnline() {
            return status.state() == CameraState.STREAMING
                    || status.state() == CameraState.DEGRADED;
        }

        /** Pictures should come and do not; one that is tried for the first time may still. */
        boolean isOffline() {
            return switch (status.state()) {
                case BACKOFF, OFFLINE -> true;
                case CONNECTING -> status.failures() > 0;
                default -> false;
            };
        }

        String words() {
            Optional<Fault> fault = status.fault();
            String cause = fault.map(one -> one.cause().words()).orElse("no cause is known yet");
            String detail =
                    fault.map(Fault::detail)
                            .filter(text -> !text.isEmpty())
                            .map(text -> " (" + text + ")")
                            .orElse("");
            return name() + ": " + cause + detail;
        }
    }
}

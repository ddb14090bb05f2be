package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraChange;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.ConnectLimiter;
import io.visionops.ingest.internal.coverage.CameraJournal;
import io.visionops.ingest.internal.coverage.CoverageTracker;
import io.visionops.ingest.internal.decoder.SharedDecoder;
import io.visionops.ingest.internal.frame.PictureEncoder;
import io.visionops.ingest.internal.reachability.ReachabilityMonitor;
import io.visionops.ingest.internal.trust.Trust;
import io.visionops.ingest.internal.trust.TrustStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What cameras need from outside.
 *
 * @param processes empty while its part is away
 * @param folder for what a successor must know of running decoders
 * @param zone in which people write times
 * @param memory what a decoder may use now until another takes its place
 * @param senses who looks at what cameras yield and do
 * @param reachability tells when a lost camera answers again
 */
public record StreamContext(
        Supplier<Optional<ChildProcesses>> processes,
        SharedDecoder decoder,
        CameraJournal journal,
        PictureEncoder encoder,
        Path folder,
        Clock clock,
        Supplier<ZoneId> zone,
        Ticker ticker,
        RandomGenerator random,
        Supplier<MemoryWatch.Limits> memory,
        Senses senses,
        ReachabilityMonitor reachability) {

    /** Keeps who has changed a camera. */
    public void audit(String camera, String action, Actor by) {
        journal.audit(camera, action, by, clock.instant());
    }

    /** Whether a camera is still the one that it was. */
    public Trust trust(DecoderSettings plan) {
        return new Trust(plan.camera(), plan.addresses(), new TrustStore(folder), ticker, clock);
    }

    /**
     * Who looks at cameras.
     *
     * @param inspectors judges of pictures, one for each camera
     * @param coverage accounts of time, one for each camera
     * @param limiter one for all cameras
     * @param listeners are told of every change of state; must not block
     */
    public record Senses(
            Function<DecoderSettings, PictureInspector> inspectors,
            Function<DecoderSettings, CoverageTracker> coverage,
            ConnectLimiter limiter,
            Consumer<CameraChange> listeners) {}
}

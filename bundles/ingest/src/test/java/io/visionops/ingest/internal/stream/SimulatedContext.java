package io.visionops.ingest.internal.stream;

import io.visionops.api.child.ChildProcesses;
import io.visionops.api.journal.Journal;
import io.visionops.ingest.internal.connect.ConnectLimiter;
import io.visionops.ingest.internal.coverage.CameraJournal;
import io.visionops.ingest.internal.coverage.LiveCoverage;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.ingest.internal.decoder.SharedDecoder;
import io.visionops.ingest.internal.reachability.ReachabilityMonitor;
import io.visionops.testkit.ManualClock;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What cameras need from outside, in simulated time: nobody probes them, their pictures are well
 * and are never encoded.
 */
public final class SimulatedContext {

    private SimulatedContext() {}

    public static StreamContext of(
            Path folder,
            ManualClock clock,
            Supplier<Optional<ChildProcesses>> processes,
            Journal journal,
            ConnectLimiter limiter) {
        ReachabilityMonitor reachability = new ReachabilityMonitor(clock, Math::random);
        reachability.close();
        CameraJournal entries = new CameraJournal(clock, clock, new Random(7));
        entries.use(journal);
        return new StreamContext(
                processes,
                new SharedDecoder(() -> new DecoderProgram(Path.of("/ffmpeg"), Map.of())),
                entries,
                (i420, width, height) -> {
                    throw new UnsupportedOperationException();
                },
                folder,
                clock,
                () -> ZoneOffset.UTC,
                clock,
                new Random(5),
                () -> new MemoryWatch.Limits(400_000_000, 50_000_000),
                new StreamContext.Senses(
                        plan -> (i420, size, nanos) -> Optional.empty(),
                        plan -> LiveCoverage.of(plan, entries, clock, clock),
                        limiter,
                        change -> {}),
                reachability);
    }
}

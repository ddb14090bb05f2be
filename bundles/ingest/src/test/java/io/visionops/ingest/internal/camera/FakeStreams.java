package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.child.ChildProcesses;
import io.visionops.ingest.internal.config.CameraFile;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.config.Secrets;
import io.visionops.ingest.internal.config.SettingsReader;
import io.visionops.ingest.internal.connect.StartRateLimiter;
import io.visionops.ingest.internal.stream.SimulatedContext;
import io.visionops.ingest.internal.stream.StreamContext;
import io.visionops.testkit.FakeChildren;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Cameras whose decoders are no processes, and whose services are noted. */
final class FakeStreams {

    final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T12:00:00Z"));
    final FakeChildren children = new FakeChildren();
    final RecordingJournal journal = new RecordingJournal();
    final StreamContext context;

    /** Empty while the part that starts them is away. */
    volatile Optional<ChildProcesses> processes = Optional.of(children);

    /** Services there are. */
    final List<ConfiguredCamera> services = new CopyOnWriteArrayList<>();

    /** What was done to them. */
    final List<String> story = new CopyOnWriteArrayList<>();

    FakeStreams(Path folder) {
        context =
                SimulatedContext.of(
                        folder,
                        clock,
                        () -> processes,
                        journal,
                        new StartRateLimiter(clock, 1_000, 1_000));
    }

    Runnable publish(ConfiguredCamera camera) {
        services.add(camera);
        story.add("published " + camera.settings().name());
        return () -> {
            services.remove(camera);
            story.add("withdrawn " + camera.settings().name());
        };
    }

    static CameraFile file(String camera) {
        return CameraFile.of(camera);
    }

    /** As its file says, which has an address in any case. */
    static CameraSettings settings(String camera, String... keysAndValues) throws InvalidSetting {
        return SettingsReader.read(file(camera), values(keysAndValues), Secrets.NONE);
    }

    static Map<String, String> values(String... keysAndValues) {
        Map<String, String> values = new HashMap<>(Map.of("url", "file:/a.mp4", "loop", "true"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return values;
    }
}

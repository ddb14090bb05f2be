package io.visionops.ingest.internal;

import io.visionops.api.camera.Cameras;
import io.visionops.ingest.internal.camera.CameraListeners;
import io.visionops.support.journal.JournalCounts;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What is looked at to tell how ingest does.
 *
 * @param folder for totals that go on after a swap
 */
public record Observed(
        Cameras cameras, Supplier<JournalCounts> journal, CameraListeners listeners, Path folder) {}

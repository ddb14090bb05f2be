package io.visionops.updater.internal;

import java.time.Duration;

/** Why the repository of releases cannot be read, and for how long. */
record UnreadableRepository(String reason, Duration length) {}

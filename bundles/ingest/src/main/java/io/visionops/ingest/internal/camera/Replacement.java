package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.ServiceLevel;

/**
 * A decoder that is to take the place of the one that runs.
 *
 * @param reason for the log
 */
record Replacement(Route route, ServiceLevel level, String reason) {}

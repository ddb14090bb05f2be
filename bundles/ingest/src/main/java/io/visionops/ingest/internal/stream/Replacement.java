package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.ServiceLevel;
import io.visionops.ingest.internal.connect.Endpoint;

/**
 * A decoder that is to take the place of the one that runs.
 *
 * @param reason for the log
 */
record Replacement(Endpoint endpoint, ServiceLevel level, String reason) {}

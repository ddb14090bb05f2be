package io.visionops.ingest.internal.connect;

import io.visionops.api.camera.Source.Transport;

/**
 * A way to a camera.
 *
 * @param address which of its addresses, 0 for the first
 * @param transport of RTSP; means nothing to others
 */
public record Endpoint(int address, Transport transport) {}

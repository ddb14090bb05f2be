/** Cameras on the network, found and asked by the protocols of ONVIF. */
@NullMarked
package io.visionops.ingest.internal.discovery;

import org.jspecify.annotations.NullMarked;

/** How cameras are talked to, by RTSP and HTTP; what is bounded there is in support.network. */
@NullMarked
package io.visionops.ingest.internal.wire;

import org.jspecify.annotations.NullMarked;

/** Notices that a camera that was gone answers again, without a decoder. */
@NullMarked
package io.visionops.ingest.internal.reachability;

import org.jspecify.annotations.NullMarked;

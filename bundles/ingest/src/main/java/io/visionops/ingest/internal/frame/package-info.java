/** Frames in memory: ring, rate, pictures. */
@NullMarked
package io.visionops.ingest.internal.frame;

import org.jspecify.annotations.NullMarked;

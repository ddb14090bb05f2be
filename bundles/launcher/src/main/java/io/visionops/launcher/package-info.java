/**
 * {@code bin/visionops}: starts, watches, stops and asks VisionOps. A process of its own that
 * shares no code with what it starts.
 */
@NullMarked
package io.visionops.launcher;

import org.jspecify.annotations.NullMarked;

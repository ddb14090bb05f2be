/** A camera of our own that misbehaves in every way that cameras are known to. */
@NullMarked
package io.visionops.testkit.rtsp;

import org.jspecify.annotations.NullMarked;

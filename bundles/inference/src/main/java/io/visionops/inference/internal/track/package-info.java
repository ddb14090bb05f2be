/** From detections to objects that keep their identity from frame to frame. */
@NullMarked
package io.visionops.inference.internal.track;

import org.jspecify.annotations.NullMarked;

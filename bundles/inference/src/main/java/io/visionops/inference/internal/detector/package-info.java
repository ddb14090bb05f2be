/** Which detector looks at a camera, and what happens when it fails or hangs. */
@NullMarked
package io.visionops.inference.internal.detector;

import org.jspecify.annotations.NullMarked;

/** Parts of pictures, scaled and painted for what looks at them. */
@NullMarked
package io.visionops.inference.internal.image;

import org.jspecify.annotations.NullMarked;

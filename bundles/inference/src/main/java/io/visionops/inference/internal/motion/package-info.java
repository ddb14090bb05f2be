/** The detector that needs no model: what moves before a background that it learns. */
@NullMarked
package io.visionops.inference.internal.motion;

import org.jspecify.annotations.NullMarked;

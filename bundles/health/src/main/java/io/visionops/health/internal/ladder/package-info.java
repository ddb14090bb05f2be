/** Which repair is due for which check, in which order, and whether it helped. */
@NullMarked
package io.visionops.health.internal.ladder;

import org.jspecify.annotations.NullMarked;

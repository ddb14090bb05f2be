/** The time by which something is due, or old enough to go. */
@NullMarked
package io.visionops.support.time;

import org.jspecify.annotations.NullMarked;

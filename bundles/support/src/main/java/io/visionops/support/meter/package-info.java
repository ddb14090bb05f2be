/** Meters and samples of a part: read by one thread, shown and judged without a lock. */
@NullMarked
package io.visionops.support.meter;

import org.jspecify.annotations.NullMarked;

/** Counts, and how much of their time was watched, by intervals of time. */
@NullMarked
package io.visionops.store.internal.count;

import org.jspecify.annotations.NullMarked;

/** A damaged database: found, kept, and what is sound in it taken over into a new one. */
@NullMarked
package io.visionops.store.internal.repair;

import org.jspecify.annotations.NullMarked;

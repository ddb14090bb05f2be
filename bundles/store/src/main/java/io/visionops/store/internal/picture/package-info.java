/** Pictures of events are encrypted before they are on the disk. */
@NullMarked
package io.visionops.store.internal.picture;

import org.jspecify.annotations.NullMarked;

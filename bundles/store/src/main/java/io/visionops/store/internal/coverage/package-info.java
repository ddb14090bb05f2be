/** What became of a camera's time: pure reckoning with stretches, used to write and to read. */
@NullMarked
package io.visionops.store.internal.coverage;

import org.jspecify.annotations.NullMarked;

/** Cameras at run time: states, readers, what is journaled of them. */
@NullMarked
package io.visionops.ingest.internal.camera;

import org.jspecify.annotations.NullMarked;

/** The decoder program: where it is, how it is called, what it says. */
@NullMarked
package io.visionops.ingest.internal.decoder;

import org.jspecify.annotations.NullMarked;

/**
 * The stream of one camera: its decoders, one after the other and beside each other, and their
 * frames.
 */
@NullMarked
package io.visionops.ingest.internal.stream;

import org.jspecify.annotations.NullMarked;

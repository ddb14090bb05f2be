/** Faults that several cameras have in common, and what they come from. */
@NullMarked
package io.visionops.ingest.internal.incident;

import org.jspecify.annotations.NullMarked;

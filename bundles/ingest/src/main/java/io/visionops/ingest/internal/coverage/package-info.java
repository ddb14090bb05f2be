/** How much of its time each camera was watched, and what is journaled of it. */
@NullMarked
package io.visionops.ingest.internal.coverage;

import org.jspecify.annotations.NullMarked;

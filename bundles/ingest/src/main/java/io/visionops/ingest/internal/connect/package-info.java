/** Which address and transport of a camera is tried next, and how often anything is. */
@NullMarked
package io.visionops.ingest.internal.connect;

import org.jspecify.annotations.NullMarked;

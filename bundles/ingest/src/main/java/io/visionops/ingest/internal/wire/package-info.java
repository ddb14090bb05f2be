/** How cameras are talked to, by HTTP and what is like it: bounded in bytes and in time. */
@NullMarked
package io.visionops.ingest.internal.wire;

import org.jspecify.annotations.NullMarked;

/** What one version of this part leaves to the next, so that a camera goes on. */
@NullMarked
package io.visionops.ingest.internal.handover;

import org.jspecify.annotations.NullMarked;

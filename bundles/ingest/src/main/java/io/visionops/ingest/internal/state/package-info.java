/**
 * What state a camera is in and what follows: a machine that is told what happens and says what to
 * do.
 */
@NullMarked
package io.visionops.ingest.internal.state;

import org.jspecify.annotations.NullMarked;

/** The analysis of a release beside the one that runs, on the frames of one camera. */
@NullMarked
package io.visionops.updater.internal.canary;

import org.jspecify.annotations.NullMarked;

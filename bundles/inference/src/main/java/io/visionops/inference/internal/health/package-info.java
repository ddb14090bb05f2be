/** Meters, health checks and the recovery action of inference. */
@NullMarked
package io.visionops.inference.internal.health;

import org.jspecify.annotations.NullMarked;

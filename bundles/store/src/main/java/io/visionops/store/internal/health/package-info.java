/** Meters, health checks and the recovery action of the store. */
@NullMarked
package io.visionops.store.internal.health;

import org.jspecify.annotations.NullMarked;

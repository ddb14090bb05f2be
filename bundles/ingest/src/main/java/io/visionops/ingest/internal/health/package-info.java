/** Meters, health checks and recovery actions of ingest. */
@NullMarked
package io.visionops.ingest.internal.health;

import org.jspecify.annotations.NullMarked;

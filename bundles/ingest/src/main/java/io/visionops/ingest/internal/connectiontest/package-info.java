/** Connects to a camera on trial and says at which stage it fails, why, and what to do. */
@NullMarked
package io.visionops.ingest.internal.connectiontest;

import org.jspecify.annotations.NullMarked;

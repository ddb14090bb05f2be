/** What grows, by how much, and when it reaches its limit. */
@NullMarked
package io.visionops.health.internal.trend;

import org.jspecify.annotations.NullMarked;

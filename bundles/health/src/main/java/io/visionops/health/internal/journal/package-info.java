/** What health keeps for good. */
@NullMarked
package io.visionops.health.internal.journal;

import org.jspecify.annotations.NullMarked;

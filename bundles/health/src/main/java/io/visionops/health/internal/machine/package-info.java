/** What VisionOps needs of the computer, and whether it has it. */
@NullMarked
package io.visionops.health.internal.machine;

import org.jspecify.annotations.NullMarked;

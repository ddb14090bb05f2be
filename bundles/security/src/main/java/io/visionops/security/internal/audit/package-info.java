/** The audit as a part: who appends, reads and verifies, and where checkpoints are kept. */
@NullMarked
package io.visionops.security.internal.audit;

import org.jspecify.annotations.NullMarked;

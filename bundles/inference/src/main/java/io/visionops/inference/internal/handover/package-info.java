/** What one version of this part leaves to the next, and to the next start. */
@NullMarked
package io.visionops.inference.internal.handover;

import org.jspecify.annotations.NullMarked;

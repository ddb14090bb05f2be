/** What the saving of state on request has in common in all parts. */
@NullMarked
package io.visionops.support.checkpoint;

import org.jspecify.annotations.NullMarked;

/** What all parts need to log: limits, context, and masks of secrets. */
@NullMarked
package io.visionops.support.log;

import org.jspecify.annotations.NullMarked;

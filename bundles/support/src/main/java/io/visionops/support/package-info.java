/** What several parts need: copied into each bundle that uses it. */
@NullMarked
package io.visionops.support;

import org.jspecify.annotations.NullMarked;

/** What has to be there, and what is said where it is not. */
@NullMarked
package io.visionops.health.internal.expected;

import org.jspecify.annotations.NullMarked;

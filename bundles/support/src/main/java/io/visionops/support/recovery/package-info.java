/** What recovery actions of all parts have in common. */
@NullMarked
package io.visionops.support.recovery;

import org.jspecify.annotations.NullMarked;

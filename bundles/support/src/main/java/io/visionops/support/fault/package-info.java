/** What the outermost catch of a loop does. */
@NullMarked
package io.visionops.support.fault;

import org.jspecify.annotations.NullMarked;

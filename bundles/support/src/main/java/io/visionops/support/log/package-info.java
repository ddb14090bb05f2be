/** Log messages that may come often. */
@NullMarked
package io.visionops.support.log;

import org.jspecify.annotations.NullMarked;

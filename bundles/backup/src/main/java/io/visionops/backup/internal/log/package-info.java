/** The log: reads what is there, and changes how much is written. */
@NullMarked
package io.visionops.backup.internal.log;

import org.jspecify.annotations.NullMarked;

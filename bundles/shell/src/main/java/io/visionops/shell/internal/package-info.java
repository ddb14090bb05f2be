/** What every command shares: the way from a line of text to parts of VisionOps and back. */
@NullMarked
package io.visionops.shell.internal;

import org.jspecify.annotations.NullMarked;

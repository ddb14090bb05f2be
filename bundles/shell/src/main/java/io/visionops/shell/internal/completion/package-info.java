/** What the tab key offers. */
@NullMarked
package io.visionops.shell.internal.completion;

import org.jspecify.annotations.NullMarked;

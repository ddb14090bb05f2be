/** An update from the saved state to the gate, and back. */
@NullMarked
package io.visionops.updater.internal.install;

import org.jspecify.annotations.NullMarked;

/** State that survives a swap, a restart and a crash. */
@Export
@Version("1.2.0")
@NullMarked
package io.visionops.api.checkpoint;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

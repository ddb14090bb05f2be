/** Releases: what there is, what an update would change, and what became of the last ones. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.update;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

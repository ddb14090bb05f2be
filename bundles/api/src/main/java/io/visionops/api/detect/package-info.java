/** Detectors: what finds objects in frames. */
@Export
@Version("1.1.0")
@NullMarked
package io.visionops.api.detect;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

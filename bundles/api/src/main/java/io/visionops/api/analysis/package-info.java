/** What inference is doing for each camera. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.analysis;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

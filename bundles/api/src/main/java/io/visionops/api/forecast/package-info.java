/** What is to be expected of cameras. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.forecast;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

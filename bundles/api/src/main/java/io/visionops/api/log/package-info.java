/** The log as the parts have written it, and how much they write. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.log;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Reading what was written. */
@Export
@Version("2.0.0")
@NullMarked
package io.visionops.api.query;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

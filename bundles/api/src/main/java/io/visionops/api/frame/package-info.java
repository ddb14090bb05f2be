/** Decoded frames on their way from ingest to inference. */
@Export
@Version("2.0.0")
@NullMarked
package io.visionops.api.frame;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

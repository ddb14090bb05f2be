/** What whoever helps needs to know, in one file without secrets. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.diagnostics;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

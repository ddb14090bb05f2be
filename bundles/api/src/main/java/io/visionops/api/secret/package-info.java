/** Secrets that configurations name instead of holding them: passwords of cameras above all. */
@Export
@Version("1.1.0")
@NullMarked
package io.visionops.api.secret;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

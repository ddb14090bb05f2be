/** Backups of the database, the configuration and the models. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.backup;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** The database as a whole. */
@Export
@Version("1.2.0")
@NullMarked
package io.visionops.api.database;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Detection models: which are known, which are installed. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

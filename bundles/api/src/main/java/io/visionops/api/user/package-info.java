/** Who may log in. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.user;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

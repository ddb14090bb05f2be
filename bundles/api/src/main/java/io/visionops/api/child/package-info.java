/** Child processes: they outlive the part that asked for them. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.child;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

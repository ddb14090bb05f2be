/** The audit: who did what, in a form that shows whether somebody has changed it. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

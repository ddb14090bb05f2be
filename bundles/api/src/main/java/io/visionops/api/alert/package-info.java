/** Alerts: which rules there are, what they found, and who has seen it. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.alert;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

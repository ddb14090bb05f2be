/** Durable facts: what happened, written once and for good. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.journal;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

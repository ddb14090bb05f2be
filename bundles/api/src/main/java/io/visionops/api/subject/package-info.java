/** Who and what: the subjects that facts are about, and the actors behind changes. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.subject;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** The clocks that parts are given, so that time can be tested. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.time;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

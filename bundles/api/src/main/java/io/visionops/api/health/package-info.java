/** How every part is, judged round by round. */
@Export
@Version("1.1.0")
@NullMarked
package io.visionops.api.health;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

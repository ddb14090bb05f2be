/** Repairs that the owner of a part can make, for whoever decides that one is due. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.recovery;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Places in a picture. All coordinates are relative to its size, 0..1, origin at the top left. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.geometry;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

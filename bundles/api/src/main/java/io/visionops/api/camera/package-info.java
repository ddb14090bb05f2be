/** Cameras: how they are configured, what state they are in, how they are added and removed. */
@Export
@Version("2.1.0")
@NullMarked
package io.visionops.api.camera;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

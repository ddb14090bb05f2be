/** Cameras that are on the network but not configured: how they are found, what they offer. */
@Export
@Version("1.0.0")
@NullMarked
package io.visionops.api.discovery;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

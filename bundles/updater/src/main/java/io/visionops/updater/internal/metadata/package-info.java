/** The signed metadata of releases: its one form, its limits, its signatures. */
@NullMarked
package io.visionops.updater.internal.metadata;

import org.jspecify.annotations.NullMarked;

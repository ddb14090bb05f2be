/** Where metadata and files of releases come from: a folder, or mirrors by HTTP. */
@NullMarked
package io.visionops.updater.internal.source;

import org.jspecify.annotations.NullMarked;

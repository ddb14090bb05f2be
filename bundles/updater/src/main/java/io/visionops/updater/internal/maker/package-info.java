/** The makers' tool: keys, and signing a release into a repository. */
@NullMarked
package io.visionops.updater.internal.maker;

import org.jspecify.annotations.NullMarked;

/** When the repository is looked into, and when a release is installed without a person. */
@NullMarked
package io.visionops.updater.internal.schedule;

import org.jspecify.annotations.NullMarked;

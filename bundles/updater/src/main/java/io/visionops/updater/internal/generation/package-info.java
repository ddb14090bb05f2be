/** The folders of releases that are kept, and the file that says which of them runs. */
@NullMarked
package io.visionops.updater.internal.generation;

import org.jspecify.annotations.NullMarked;

/** The program folder and the data folder, and what a start puts into them. */
@NullMarked
package io.visionops.launcher.folder;

import org.jspecify.annotations.NullMarked;

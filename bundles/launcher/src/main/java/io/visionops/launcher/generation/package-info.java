/** Which generation of the program is started: the part of a boot loader. */
@NullMarked
package io.visionops.launcher.generation;

import org.jspecify.annotations.NullMarked;

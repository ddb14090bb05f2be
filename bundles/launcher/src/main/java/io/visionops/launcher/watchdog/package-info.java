/** Judges the Java machine that runs Karaf by its progress, and decides how it is started again. */
@NullMarked
package io.visionops.launcher.watchdog;

import org.jspecify.annotations.NullMarked;

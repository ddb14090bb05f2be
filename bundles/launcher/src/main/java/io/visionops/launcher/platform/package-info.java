/** What is asked of the machine: processes, Java, whole folders, waiting. */
@NullMarked
package io.visionops.launcher.platform;

import org.jspecify.annotations.NullMarked;

/** The client's end of the command channel, and the terminal it lends. */
@NullMarked
package io.visionops.launcher.channel;

import org.jspecify.annotations.NullMarked;

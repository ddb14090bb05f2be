/** The command channel: Karaf's shell over a Unix domain socket in the data folder. */
@NullMarked
package io.visionops.channel.internal;

import org.jspecify.annotations.NullMarked;

/** One class one command. */
@NullMarked
package io.visionops.shell.internal.command;

import org.jspecify.annotations.NullMarked;

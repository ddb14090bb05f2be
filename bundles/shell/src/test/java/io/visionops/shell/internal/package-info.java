/** Commands as a person types them, in Karaf's own shell, with fakes behind them. */
@NullMarked
package io.visionops.shell.internal;

import org.jspecify.annotations.NullMarked;

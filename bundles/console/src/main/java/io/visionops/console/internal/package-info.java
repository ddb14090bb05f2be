/** What is shown over HTTP. Knows other parts by the services that they register alone. */
@NullMarked
package io.visionops.console.internal;

import org.jspecify.annotations.NullMarked;

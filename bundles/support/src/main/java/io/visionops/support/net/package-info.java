/** Names of hosts. */
@NullMarked
package io.visionops.support.net;

import org.jspecify.annotations.NullMarked;

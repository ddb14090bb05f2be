/** The part backup in its framework. */
@NullMarked
package io.visionops.backup.internal;

import org.jspecify.annotations.NullMarked;

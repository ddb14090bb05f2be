/** Diagnostics files: what whoever helps needs to know, without secrets. */
@NullMarked
package io.visionops.backup.internal.diagnostics;

import org.jspecify.annotations.NullMarked;

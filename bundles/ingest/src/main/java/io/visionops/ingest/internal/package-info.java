/** Ties the parts of ingest to the framework. */
@NullMarked
package io.visionops.ingest.internal;

import org.jspecify.annotations.NullMarked;

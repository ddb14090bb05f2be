@NullMarked
package io.visionops.ingest.internal.trust;

import org.jspecify.annotations.NullMarked;

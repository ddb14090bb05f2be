/** What a camera's configuration file says: read strictly, refused in one line. */
@NullMarked
package io.visionops.ingest.internal.config;

import org.jspecify.annotations.NullMarked;

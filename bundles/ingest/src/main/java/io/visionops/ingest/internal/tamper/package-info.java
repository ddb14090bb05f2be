/** Looks at pictures that come for what is wrong with them: frozen, dark, blurred, moved. */
@NullMarked
package io.visionops.ingest.internal.tamper;

import org.jspecify.annotations.NullMarked;

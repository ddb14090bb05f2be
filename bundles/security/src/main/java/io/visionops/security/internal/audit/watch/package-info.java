/**
 * What is audited without its doers knowing: commands, configurations, bundles, files, the journal.
 */
@NullMarked
package io.visionops.security.internal.audit.watch;

import org.jspecify.annotations.NullMarked;

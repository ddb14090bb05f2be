/** What this installation trusts: the chain of roots, versions that never go back, floors. */
@NullMarked
package io.visionops.updater.internal.trust;

import org.jspecify.annotations.NullMarked;

/** Fakes and instruments for tests; never part of the distribution's bundles. */
@NullMarked
package io.visionops.testkit;

import org.jspecify.annotations.NullMarked;

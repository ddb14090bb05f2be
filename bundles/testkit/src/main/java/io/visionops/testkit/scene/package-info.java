/** Rendered scenes with walking figures whose true counts are known. */
@NullMarked
package io.visionops.testkit.scene;

import org.jspecify.annotations.NullMarked;

/** What the code of every module may not do. */
@NullMarked
package io.visionops.rules;

import org.jspecify.annotations.NullMarked;

/** JSON documents that several doors show alike. */
@NullMarked
package io.visionops.support.document;

import org.jspecify.annotations.NullMarked;

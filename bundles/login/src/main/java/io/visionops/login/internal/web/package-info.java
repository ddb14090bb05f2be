/** Which web requests are let in, whatever they ask for. */
@NullMarked
package io.visionops.login.internal.web;

import org.jspecify.annotations.NullMarked;

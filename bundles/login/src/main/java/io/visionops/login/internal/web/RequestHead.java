package io.visionops.login.internal.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the filter looks at. Each list holds every header of that name.
 *
 * @param fetchSite what the browser says of the page that asks, in {@code Sec-Fetch-Site}
 * @param fetchMode {@code navigate} when somebody follows a link or sends a form
 */
record RequestHead(
        String method,
        List<String> host,
        List<String> origin,
        @Nullable String referer,
        @Nullable String fetchSite,
        @Nullable String fetchMode,
        @Nullable String fetchDest) {}

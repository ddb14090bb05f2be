package io.visionops.console.internal;

import java.io.IOException;
import javax.servlet.http.HttpServletResponse;

/** What a page says; nobody keeps it. */
final class PageAnswer {

    private PageAnswer() {}

    static void send(HttpServletResponse response, int status, String type, byte[] bytes)
            throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}

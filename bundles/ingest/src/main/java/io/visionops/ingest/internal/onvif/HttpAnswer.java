package io.visionops.ingest.internal.onvif;

import java.util.List;
import java.util.Map;

/**
 * What came back.
 *
 * @param headers by name in lower case
 */
record HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {

    String header(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }
}

package io.visionops.testkit.rtsp;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a client asks.
 *
 * @param headers names in lower case
 */
record Request(String method, String uri, String version, Map<String, String> headers) {

    private static final int INTERLEAVED = '$';

    /**
     * Reads the next one, over what comes between.
     *
     * @throws EOFException when the client has gone
     */
    static Request read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        while (first == INTERLEAVED || first == '\r' || first == '\n') {
            if (first == INTERLEAVED) {
                in.readUnsignedByte();
                in.skipNBytes(in.readUnsignedShort());
            }
            first = in.readUnsignedByte();
        }
        String[] words = ((char) first + line(in)).split(" ", 3);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        if (words.length < 3) {
            throw new IOException("no request: " + String.join(" ", words));
        }
        return new Request(words[0], words[1], words[2], Map.copyOf(headers));
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean isHttp() {
        return version.startsWith("HTTP/");
    }

    /** The name of the camera: the first part of the path, without what a client appends. */
    String camera() {
        String path = uri.replaceFirst("^\\w+://[^/]*", "").replaceFirst("^/", "");
        return path.replaceFirst("[/?].*", "");
    }
}

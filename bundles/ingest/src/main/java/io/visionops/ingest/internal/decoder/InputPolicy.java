package io.visionops.ingest.internal.decoder;

import io.visionops.ingest.internal.config.Address;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the decoder may open, and read, on behalf of an address, so that whoever answers there
 * cannot make it do more. ffmpeg takes a stream for whatever it looks like: a camera that answers
 * with a playlist would have it open files of this computer and call other hosts.
 *
 * @param protocols by which it may be reached, and what these stand on; empty where there are none
 * @param formats that are looked for; of the names of one, any
 */
record InputPolicy(List<String> protocols, List<String> formats) {

    /** Of the largest cameras, which put four pictures together, with room above. */
    static final int MOST_PIXELS = 40_000_000;

    /** Of one block of memory: such a picture with four bytes a pixel, and its borders. */
    private static final int MOST_BYTES = 5 * MOST_PIXELS;

    /**
     * A description with a thousand streams takes a gigabyte: each is about to be decoded. Cameras
     * have a few; a television channel over MPEG-TS has some dozens.
     */
    private static final String MOST_STREAMS = "100";

    private static final String MOST_STREAMS_OF_CAMERA = "16";

    /** What cameras serve over HTTP, and films that somebody put on a web server. */
    private static final List<String> STREAMS =
            List.of(
                    "mpjpeg",
                    "mjpeg",
                    "jpeg_pipe",
                    "image2",
                    "mpegts",
                    "mpeg",
                    "mpegvideo",
                    "flv",
                    "live_flv",
                    "mov",
                    "matroska",
                    "avi",
                    "asf",
                    "ogg",
                    "ivf",
                    "h264",
                    "hevc",
                    "m4v");

    /** With what they may hold. */
    private static final List<String> PLAYLISTS =
            List.of(
                    "hls",
                    "dash",
                    "mpegts",
                    "mov",
                    "matroska",
                    "aac",
                    "ac3",
                    "eac3",
                    "mp3",
                    "webvtt");

    /** Films as they come from recorders, editors and telephones. */
    private static final List<String> FILMS =
            List.of(
                    "mov",
                    "matroska",
                    "avi",
                    "mpegts",
                    "mpegtsraw",
                    "mpeg",
                    "mpegvideo",
                    "flv",
                    "live_flv",
                    "asf",
                    "ogg",
                    "ivf",
                    "obu",
                    "av1",
                    "h264",
                    "hevc",
                    "vvc",
                    "h263",
                    "m4v",
                    "mjpeg",
                    "mpjpeg",
                    "mxf",
                    "gxf",
                    "dv",
                    "nut",
                    "rm",
                    "wtv",
                    "dhav",
                    "yuv4mpegpipe",
                    "gif",
                    "image2",
                    "jpeg_pipe",
                    "png_pipe",
                    "bmp_pipe",
                    "webp_pipe");

    static InputPolicy of(Address address) {
        return switch (address.scheme()) {
            case RTSP -> new InputPolicy(List.of("rtp", "udp", "tcp"), List.of("rtsp"));
            case RTSPS ->
                    new InputPolicy(
                            List.of("rtp", "udp", "tcp", "tls", "httpproxy"), List.of("rtsp"));
            case HTTP, HTTPS ->
                    isPlaylist(address)
                            ? new InputPolicy(
                                    List.of("http", "https", "tcp", "tls", "httpproxy", "crypto"),
                                    PLAYLISTS)
                            : new InputPolicy(
                                    List.of("async", "http", "https", "tcp", "tls", "httpproxy"),
                                    STREAMS);
            case FILE -> new InputPolicy(List.of("file"), FILMS);
            case V4L2 -> new InputPolicy(List.of(), List.of("video4linux2"));
        };
    }

    static boolean isPlaylist(Address address) {
        String path = withoutQuery(address.path()).toLowerCase(Locale.ROOT);
        return path.endsWith(".m3u8") || path.endsWith(".mpd");
    }

    static String withoutQuery(String path) {
        int end = path.length();
        for (char stop : new char[] {'?', '#'}) {
            int at = path.indexOf(stop);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return path.substring(0, end);
    }

    /** Options of ffmpeg for the input. */
    Map<String, String> options() {
        Map<String, String> options = new TreeMap<>();
        options.put("format_whitelist", String.join(",", formats));
        if (!protocols.isEmpty()) {
            options.put("protocol_whitelist", String.join(",", protocols));
            boolean camera = formats.contains("rtsp");
            options.put("max_streams", camera ? MOST_STREAMS_OF_CAMERA : MOST_STREAMS);
        }
        return options;
    }

    /**
     * For what is decoded of it. The pixels are those that ffmpeg says in words; it does not look
     * at them while it probes, but then at the memory.
     */
    static List<String> limits() {
        return List.of(
                "-max_alloc",
                String.valueOf(MOST_BYTES),
                "-max_pixels",
                String.valueOf(MOST_PIXELS));
    }
}

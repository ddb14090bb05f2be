package io.visionops.ingest.internal.connectiontest;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a camera says of its stream, by SDP (RFC 8866).
 *
 * @param media whether it names any
 * @param video how its first pictures are encoded; empty when there are none
 */
record SdpDescription(boolean media, Optional<String> video) {

    /** Nothing is said, as by HTTP. */
    static final SdpDescription NONE = new SdpDescription(false, Optional.empty());

    private static final Pattern MEDIA = Pattern.compile("m=(\\w{1,32}) \\S+ \\S+ (\\d{1,3}).*");
    private static final Pattern ENCODING =
            Pattern.compile("a=rtpmap:(\\d{1,3}) +([A-Za-z0-9.+_-]{1,32})/.*");

    /** Payload types that need no further words (RFC 3551). */
    private static final Map<String, String> FIXED =
            Map.of("26", "JPEG", "31", "H261", "32", "MPV", "33", "MP2T", "34", "H263");

    /** What the decoder can take out of RTP and decode. */
    private static final Set<String> DECODABLE =
            Set.of(
                    "H264",
                    "H265",
                    "JPEG",
                    "MP4V-ES",
                    "MPV",
                    "MP2T",
                    "H261",
                    "H263",
                    "H263-1998",
                    "H263-2000",
                    "VP8",
                    "VP9",
                    "AV1");

    static SdpDescription parse(String sdp) {
        boolean media = false;
        String payload = "";
        Optional<String> video = Optional.empty();
        for (String line : sdp.lines().toList()) {
            Matcher begin = MEDIA.matcher(line);
            if (begin.matches()) {
                media = true;
                if (!payload.isEmpty()) {
                    break;
                }
                if (begin.group(1).equals("video")) {
                    payload = begin.group(2);
                    video = Optional.of(FIXED.getOrDefault(payload, "type " + payload));
                }
            }
            Matcher encoding = ENCODING.matcher(line);
            if (encoding.matches() && encoding.group(1).equals(payload)) {
                video = Optional.of(encoding.group(2).toUpperCase(Locale.ROOT));
            }
        }
        return new SdpDescription(media, video);
    }

    boolean isDecodable() {
        return video.filter(DECODABLE::contains).isPresent();
    }
}

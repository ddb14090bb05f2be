package io.visionops.ingest.internal.connectiontest;

import io.visionops.testkit.HostileText;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a camera says of its stream, reading it ends soon, and as it should. */
class TrialFuzzTest {

    @Provide
    Arbitrary<String> descriptions() {
        return HostileText.of(
                512 * 1024,
                List.of(
                        "m=video ",
                        "m=",
                        "a=rtpmap:",
                        "96",
                        " ",
                        "H264/90000",
                        "\n",
                        "\r\n",
                        "1",
                        "0 RTP/AVP 96\n",
                        "a",
                        "/",
                        "\u2028"),
                List.of("v=0\nm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n"));
    }

    @Property(tries = 1500)
    void descriptionsAreRead(@ForAll("descriptions") String sdp) {
        HostileText.read(() -> SdpDescription.parse(sdp).isDecodable());
    }

    @Provide
    Arbitrary<String> streams() {
        return HostileText.of(
                1000,
                List.of(
                        "Stream #0:0",
                        ": Video: ",
                        "h264",
                        " 11x11",
                        "1",
                        ".",
                        " fps",
                        ", ",
                        "x",
                        "Stream #0:0: Video: h264 11x11 "),
                List.of("  Stream #0:0: Video: h264 (High), yuv420p, 640x360, 25 fps, 25 tbr"));
    }

    @Property(tries = 1500)
    void whatTheDecoderFindsIsRead(@ForAll("streams") String line) {
        HostileText.read(() -> StreamCost.advice(DecodeCheck.described(List.of(line))));
        HostileText.read(() -> StreamCost.advice(line));
    }
}

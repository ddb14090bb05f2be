package io.visionops.ingest.internal.connectiontest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpDescriptionTest {

    @ParameterizedTest
    @CsvSource({
        "m=video 0 RTP/AVP 96\\na=rtpmap:96 H264/90000, true, H264, true",
        "m=audio 0 RTP/AVP 0\\nm=video 0 RTP/AVP 97\\na=rtpmap:97 h265/90000, true, H265, true",
        "m=video 0 RTP/AVP 26, true, JPEG, true",
        "m=video 0 RTP/AVP 96\\na=rtpmap:96 H266/90000, true, H266, false",
        "m=video 0 RTP/AVP 98, true, type 98, false",
        "m=video 0 RTP/AVP 96\\na=rtpmap:96 H264/90000\\nm=video 0 RTP/AVP 96\\na=rtpmap:96 X/1,"
                + " true, H264, true",
        "m=audio 0 RTP/AVP 0\\na=rtpmap:0 PCMU/8000, true, , false",
        "<html>m=video</html>, false, , false"
    })
    void theFirstPicturesCount(String sdp, boolean media, String video, boolean decodable) {
        SdpDescription description = SdpDescription.parse(sdp.replace("\\n", "\r\n"));

        assertThat(description.media()).isEqualTo(media);
        assertThat(description.video().orElse(null)).isEqualTo(video);
        assertThat(description.isDecodable()).isEqualTo(decodable);
    }
}

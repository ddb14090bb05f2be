package io.visionops.ingest.internal.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What ffmpeg 8.0.1 really said, provoked with real servers, files and networks. */
class FfmpegErrorClassifierTest {

    /** What a person cannot do anything with. */
    private static final String OF_FFMPEG =
            "(?i)failed|error|opening|tcp:|rtsp:|timeout=|routines|prefix|exit code|parameters";

    private static Arguments said(Cause cause, String detail, int exit, String... lines) {
        return arguments(cause, detail, exit, List.of(lines));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                said(
                        Cause.END_OF_STREAM,
                        "it ended before there was a picture",
                        0,
                        "frame=  100 fps= 10 q=-1.0 Lq=-0.0 size=    640KiB elapsed=0:00:10.01"),
                said(
                        Cause.UNAUTHORISED,
                        "the camera answered 401 Unauthorized",
                        8,
                        "[rtsp @ 0x560a831b7cc0] [error] method DESCRIBE failed: 401Unauthorized",
                        "[concat @ 0x560a831a6240] [error] Impossible to open 'rtsp://***@127.0.0.1:8560/cam'",
                        "[in#0 @ 0x560a831a5f00] [error] Error opening input: Server returned 401 Unauthorized (authorization failed)",
                        "[error] Error opening input file pipe:0.",
                        "[fatal] Error opening input files: Server returned 401 Unauthorized (authorization failed)"),
                said(
                        Cause.UNAUTHORISED,
                        "the camera answered 403 Forbidden",
                        8,
                        "[http @ 0x559cfd2c4780] [warning] HTTP error 403 Forbidden",
                        "[concat @ 0x559cfd2b2140] [error] Impossible to open 'http://***@127.0.0.1:8570/403'",
                        "[in#0 @ 0x559cfd2b1e00] [error] Error opening input: Server returned 403 Forbidden (access denied)"),
                said(
                        Cause.NOT_FOUND,
                        "the camera answered 404 Not Found",
                        8,
                        "[rtsp @ 0x555ab6696c40] [error] method DESCRIBE failed: 404Not Found",
                        "[concat @ 0x555ab6685140] [error] Impossible to open 'rtsp://127.0.0.1:8563/nope'",
                        "[in#0 @ 0x555ab6684e00] [error] Error opening input: Server returned 404 Not Found"),
                said(
                        Cause.NOT_FOUND,
                        "the camera answered 404 Not Found",
                        8,
                        "[http @ 0x557786602780] [warning] HTTP error 404 Not Found"),
                said(
                        Cause.NOT_FOUND,
                        "there is no such file or device",
                        254,
                        "[in#0 @ 0x55ff0e00ac40] [error] Error opening input: No such file or directory",
                        "[error] Error opening input file file:/nowhere.mp4.",
                        "[fatal] Error opening input files: No such file or directory"),
                said(
                        Cause.NOT_FOUND,
                        "there is no such file or device",
                        254,
                        "[video4linux2,v4l2 @ 0x55cb37149fc0] [error] Cannot open video device /dev/video9: No such file or directory"),
                said(
                        Cause.REFUSED,
                        "nothing listens at its port",
                        145,
                        "[tcp @ 0x55a8a1983040] [error] Connection to tcp://127.0.0.1:9?timeout=5000000 failed: Connection refused",
                        "[concat @ 0x55a8a196e240] [error] Impossible to open 'rtsp://127.0.0.1:9/cam'",
                        "[in#0 @ 0x55a8a196df00] [error] Error opening input: Connection refused"),
                said(
                        Cause.REFUSED,
                        "the camera answered 503 Service Unavailable",
                        8,
                        "[http @ 0x555abf58d780] [warning] HTTP error 503 Service Unavailable",
                        "[in#0 @ 0x555abf57ae00] [error] Error opening input: Server returned 5XX Server Error reply"),
                said(
                        Cause.REFUSED,
                        "the camera answered 461 Unsupported Transport",
                        163,
                        "[rtsp @ 0x5629a17b5c40] [error] method SETUP failed: 461Unsupported Transport",
                        "[in#0 @ 0x5629a17a3e00] [error] Error opening input: Protocol not supported"),
                said(
                        Cause.UNREACHABLE,
                        "this computer has no way into its network",
                        155,
                        "[tcp @ 0x55c45d2b2fc0] [error] Connection to tcp://10.0.0.1:554?timeout=3000000 failed: Network is unreachable"),
                said(
                        Cause.UNREACHABLE,
                        "",
                        143,
                        "[tcp @ 0x55586dafcfc0] [error] Connection to tcp://10.0.0.1:554?timeout=3000000 failed: No route to host"),
                said(
                        Cause.NAME_RESOLUTION,
                        "",
                        251,
                        "[tcp @ 0x55c91f8ad780] [error] Failed to resolve hostname no.such.invalid: Name or service not known",
                        "[in#0 @ 0x55c91f897e00] [error] Error opening input: Input/output error"),
                said(
                        Cause.TLS,
                        "what answers at its port does not speak TLS",
                        251,
                        "[tls @ 0x55df1bb3a040] [error] error:0A0000C6:SSL routines::packet length too long",
                        "[tls @ 0x55df1bb3a040] [error] error:0A000139:SSL routines::record layer failure",
                        "[in#0 @ 0x55df1bb24e00] [error] Error opening input: Input/output error"),
                said(
                        Cause.TIMEOUT,
                        "",
                        183,
                        "[rtsp @ 0x557a9e930c40] [warning] Failed reading RTSP data: Connection timed out",
                        "[in#0 @ 0x557a9e91ee00] [error] Error opening input: Invalid data found when processing input"),
                said(
                        Cause.TIMEOUT,
                        FfmpegErrorClassifier.NOT_CONNECTED,
                        146,
                        "[tcp @ 0x55a8a1983040] [error] Connection to tcp://10.0.0.9:554?timeout=5000000 failed: Connection timed out"),
                said(
                        Cause.REFUSED,
                        "the camera offers no transport that was asked for",
                        163,
                        "[in#0 @ 0x5629a17a3e00] [error] Error opening input: Protocol not supported"),
                said(
                        Cause.END_OF_STREAM,
                        "the camera ended the connection",
                        183,
                        "[rtsp @ 0x55ba452d4c40] [warning] Failed reading RTSP data: End of file",
                        "[in#0 @ 0x55ba452c2e00] [error] Error opening input: Invalid data found when processing input"),
                said(
                        Cause.CODEC,
                        "what comes is neither video nor pictures, or nothing but their beginning",
                        183,
                        "[in#0 @ 0x5602ae89dc40] [error] Error opening input: Invalid data found when processing input",
                        "[error] Error opening input file file:/etc/404 Unauthorized."),
                said(
                        Cause.CODEC,
                        "it is no film, or nothing but its beginning: copy it again",
                        183,
                        "[mov,mp4,m4a,3gp,3g2,mj2 @ 0x564c683faf80] [warning] Format mov,mp4,m4a,3gp,3g2,mj2 detected only with low score of 1, misdetection possible!",
                        "[mov,mp4,m4a,3gp,3g2,mj2 @ 0x564c683faf80] [error] moov atom not found"),
                said(Cause.CRASHED, "ended by signal 9", 137),
                said(Cause.CRASHED, "ended by signal 11", 139),
                said(Cause.CRASHED, "it ended with code 69", 69, "[fatal] out of cheese"),
                said(Cause.END_OF_STREAM, "it ended before there was a picture", 0));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void theCauseIsReadFromTheDecodersWords(
            Cause cause, String detail, int exit, List<String> lines) {
        assertThat(FfmpegErrorClassifier.of(exit, lines, false))
                .isEqualTo(new Fault(cause, detail));
    }

    static Stream<Sample> samples() throws IOException {
        return Sample.all();
    }

    /** {@link SamplesBench} makes them anew. */
    @ParameterizedTest
    @MethodSource("samples")
    void everyRealSampleIsReadRightly(Sample sample) {
        Fault silence = new Fault(Cause.TIMEOUT, "no frame");

        Fault fault =
                sample.ended()
                        ? FfmpegErrorClassifier.of(sample.exit(), sample.lines(), sample.streamed())
                        : FfmpegErrorClassifier.ofSilence(
                                silence, sample.lines(), sample.streamed());

        assertThat(fault.cause()).as(sample.fault()).isEqualTo(sample.cause());
        assertThat(FfmpegErrorClassifier.isPermanent(fault.cause())).isEqualTo(sample.permanent());
        assertThat(fault.detail()).doesNotContain("s3cret").doesNotContainPattern(OF_FFMPEG);
    }

    @Test
    void everyCauseThatADecoderCanSayHasASample() throws IOException {
        assertThat(samples().map(Sample::cause).distinct())
                .contains(
                        Cause.UNAUTHORISED,
                        Cause.NOT_FOUND,
                        Cause.REFUSED,
                        Cause.NAME_RESOLUTION,
                        Cause.TIMEOUT,
                        Cause.CODEC,
                        Cause.END_OF_STREAM,
                        Cause.CRASHED);
    }

    @Test
    void aDamagedPictureDuringTheDayDoesNotExplainTheEnd() {
        List<String> lines =
                List.of(
                        "[rtsp @ 0x1] [error] method DESCRIBE failed: 401Unauthorized",
                        "[h264 @ 0x564e79ebe3c0] [error] Invalid NAL unit size (74839 > 7476).",
                        "[vist#0:0/h264 @ 0x1] [dec:h264 @ 0x2] [error] Error submitting packet to decoder: Invalid data found when processing input",
                        "[h264 @ 0x564e79ebe3c0] [error] missing picture in access unit with size 7480",
                        "[rtsp @ 0x55857e072cc0] [warning] Failed reading RTSP data: End of file",
                        "    Last message repeated 1 times");

        assertThat(FfmpegErrorClassifier.of(0, lines, true))
                .isEqualTo(new Fault(Cause.END_OF_STREAM, "the camera ended the connection"));
    }

    @Test
    void aRemarkOnColoursIsNoCause() {
        List<String> lines =
                List.of(
                        "[mjpeg @ 0x1] [warning] Format mjpeg detected only with low score of 25,"
                                + " misdetection possible!",
                        "[swscaler @ 0x1] [warning] deprecated pixel format used, make sure you"
                                + " did set range correctly");

        assertThat(FfmpegErrorClassifier.of(0, lines.subList(1, 2), true))
                .isEqualTo(new Fault(Cause.END_OF_STREAM, ""));
        assertThat(FfmpegErrorClassifier.of(0, lines, false).cause())
                .isEqualTo(Cause.END_OF_STREAM);
    }

    @Test
    void whatCameAndCouldNotBeDecodedIsToldInPlainWords() {
        Fault silence = new Fault(Cause.TIMEOUT, "no frame");

        assertThat(
                        FfmpegErrorClassifier.ofSilence(
                                silence,
                                List.of("[h264 @ 0x1] [error] Invalid level prefix"),
                                false))
                .isEqualTo(new Fault(Cause.CODEC, "its pictures come damaged, or never whole"));
        assertThat(
                        FfmpegErrorClassifier.ofSilence(
                                silence,
                                List.of(
                                        "[rtsp @ 0x1] [warning] Could not find codec parameters"
                                                + " for stream 0 (Video: none, none): unknown codec"),
                                false))
                .isEqualTo(
                        new Fault(
                                Cause.CODEC,
                                "its video has an encoding that is not known: set H.264 or H.265"));
    }

    @Test
    void whatACameraAnswersIsMaskedEvenIfTheProcessServiceDidNot() {
        assertThat(
                        FfmpegErrorClassifier.of(
                                        1,
                                        List.of(
                                                "[error] method SETUP failed: 451No"
                                                        + " rtsp://a:b@h/x here"),
                                        false)
                                .detail())
                .isEqualTo("the camera answered 451 No rtsp://***@h/x here");
    }
}

package io.visionops.ingest.internal.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Source;
import io.visionops.api.child.ChildSpec;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.InvalidSetting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecoderCommandTest {

    private static final DecoderProgram PROGRAM =
            new DecoderProgram(Path.of("/opt/ff/ffmpeg"), Map.of("LD_LIBRARY_PATH", "/opt/ff"));

    private static ChildSpec spec(
            String url, Source.Pace pace, boolean loop, Source.Transport transport)
            throws InvalidSetting {
        Source source = new Source(url, List.of(), pace, loop, transport);
        return new DecoderCommand(PROGRAM, source, 5, 640)
                .spec("camera-front", Address.parse("url", url), transport, true);
    }

    private static ChildSpec spec(String url) throws InvalidSetting {
        return spec(url, Source.Pace.NATIVE, false, Source.Transport.TCP);
    }

    @Test
    void anRtspAddressGoesToStandardInputAndNotToTheCommandLine() throws InvalidSetting {
        ChildSpec spec = spec("rtsp://admin:it's@10.0.0.9/live");

        assertThat(String.join(" ", spec.command()))
                .isEqualTo(
                        "/opt/ff/ffmpeg -nostdin -hide_banner -stats -stats_period 10 -loglevel"
                                + " level+warning -threads 1 -max_alloc 200000000 -max_pixels 40000000"
                                + " -f concat -safe 0 -protocol_whitelist pipe"
                                + " -i pipe:0 -map 0:v:0 -c copy -bsf:v setts=ts=N -f image2pipe -y"
                                + " /dev/null -an -sn -dn -map 0:v:0 -filter_threads 1 -vf"
                                + " select='not(eq(floor(t*5+0.01),floor(prev_t*5+0.01)))',scale=640:-2:flags=fast_bilinear"
                                + " -fps_mode passthrough -pix_fmt yuv420p -f yuv4mpegpipe pipe:1");
        assertThat(spec.input())
                .isEqualTo(
                        "ffconcat version 1.0\n"
                                + "file 'rtsp://admin:it'\\''s@10.0.0.9/live'\n"
                                + "option format_whitelist rtsp\n"
                                + "option max_streams 16\n"
                                + "option protocol_whitelist rtp,udp,tcp\n"
                                + "option fpsprobesize 0\n"
                                + "option rtsp_transport tcp\n"
                                + "option timeout 5000000\n"
                                + "option allowed_media_types video\n");
        assertThat(spec.secrets()).contains("it's", "admin:it's");
        assertThat(spec.toString()).doesNotContain("it's");
    }

    @Test
    void udpIsUsedWhenItIsSet() throws InvalidSetting {
        assertThat(spec("rtsp://h/", Source.Pace.NATIVE, false, Source.Transport.UDP).input())
                .contains("option rtsp_transport udp\n");
    }

    @Test
    void aLiveWebStreamIsTimedByItsArrivalAndARecordedOneByItself() throws InvalidSetting {
        assertThat(spec("http://h/video.mjpg").input())
                .contains("option max_streams 100\n")
                .contains("option rw_timeout 5000000\noption use_wallclock_as_timestamps 1\n");
        assertThat(spec("http://h/video.mjpg").command()).doesNotContain("-re");
        assertThat(spec("https://h/x/live.m3u8?t=1").input()).doesNotContain("wallclock");
        assertThat(spec("https://h/x/live.m3u8?t=1").command()).contains("-re");
    }

    @Test
    void aFileIsReadAtItsOwnPaceAndAgainWhenItLoops() throws InvalidSetting {
        ChildSpec spec = spec("file:/srv/a b.mp4", Source.Pace.NATIVE, true, Source.Transport.TCP);

        assertThat(String.join(" ", spec.command()))
                .contains("-nostats -loglevel level+warning -threads 1 -max_alloc")
                .contains(" -format_whitelist mov,matroska,")
                .contains(" -protocol_whitelist file -re -stream_loop -1")
                .contains(" -i file:/srv/a b.mp4 -an");
        assertThat(spec.input()).isEmpty();
    }

    @Test
    void aFileReadAsapHasAnEvenRate() throws InvalidSetting {
        ChildSpec spec = spec("file:/a.mp4", Source.Pace.ASAP, false, Source.Transport.TCP);

        assertThat(spec.command())
                .doesNotContain("-re")
                .contains("fps=5,scale=640:-2:flags=fast_bilinear");
    }

    @Test
    void aSnapshotIsAskedForAgainAndAgainByAListThatAPipeHolds() throws InvalidSetting {
        String usual = snapshots("http://10.0.0.9/snap.jpg");
        String longest = snapshots("http://10.0.0.9/" + "a".repeat(3_000));

        assertThat(usual.split("duration 1.0\n", -1)).hasSize(61);
        assertThat(longest.length()).isBetween(40_000, 64_000);
    }

    private static String snapshots(String url) throws InvalidSetting {
        Source source = new Source(url, List.of(), Source.Pace.NATIVE, false, Source.Transport.TCP);
        return new DecoderCommand(PROGRAM, source, 5, 640)
                .spec(
                        "camera-front",
                        Address.parse("url", url),
                        Optional.empty(),
                        Source.Transport.TCP,
                        true,
                        DecoderCommand.Supply.SNAPSHOTS)
                .input();
    }

    @Test
    void aFilmIsAskedWhatItIsAndNothingOfItIsDecoded() throws InvalidSetting {
        String url = "file:/a b.mp4";
        Source source = new Source(url, List.of(), Source.Pace.ASAP, false, Source.Transport.TCP);

        ChildSpec spec =
                new DecoderCommand(PROGRAM, source, 5, 640)
                        .description("camera-front.film", Address.parse("url", url));

        assertThat(String.join(" ", spec.command()))
                .startsWith("/opt/ff/ffmpeg -nostdin -hide_banner -loglevel level+info -max_alloc")
                .contains(" -protocol_whitelist file ")
                .endsWith(" -i file:/a b.mp4");
    }

    @Test
    void aDeviceIsReadAsOne() throws InvalidSetting {
        assertThat(String.join(" ", spec("v4l2:/dev/video0").command()))
                .contains("-format_whitelist video4linux2 -f v4l2 -i /dev/video0 -an");
    }

    @Test
    void onlyWhatEndsAsAPlaylistIsReadAsOne() throws InvalidSetting {
        assertThat(spec("https://h/x/LIVE.m3u8?t=1").input())
                .contains("option format_whitelist hls,dash,")
                .contains("option protocol_whitelist http,https,tcp,tls,httpproxy,crypto\n");
        assertThat(spec("http://h/live.m3u8/video?x=.m3u8").input()).doesNotContain("hls");
        for (String url : List.of("rtsp://h/a.m3u8", "http://h/a.m3u8", "http://h/video.mjpg")) {
            assertThat(spec(url).input())
                    .doesNotContainPattern(
                            "whitelist .*\\b(file|concat|concatf|subfile|data|sdp)\\b");
        }
    }
}

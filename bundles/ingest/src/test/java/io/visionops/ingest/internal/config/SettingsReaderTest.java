package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.PictureLimits;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.Source;
import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Point;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsReaderTest {

    private static final CameraFile FRONT = CameraFile.of("front");
    private static final String URL = "rtsp://10.0.0.9/stream1";
    private static final String SCHEMES =
            "must be rtsp://HOST/..., rtsps://, http://, https://, file:/PATH or v4l2:/dev/videoN";

    private static CameraSettings read(Object... keysAndValues) throws InvalidSetting {
        return SettingsReader.read(FRONT, raw(keysAndValues), Secrets.NONE);
    }

    private static Map<String, Object> raw(Object... keysAndValues) {
        Map<String, Object> raw = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        raw.putIfAbsent("url", URL);
        return raw;
    }

    private static final String FILM_TIMES =
            "must be a date or a time from 1970 on, such as 2026-01-05, 2026-01-05T08:00 or"
                    + " 2026-01-05T08:00:00+01:00";

    private static Map<String, Object> film(String start) {
        return raw("url", "file:/a.mp4", "pace", "asap", "file.start", start);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05, 2026-01-04T23:00:00Z",
        "2026-07-05, 2026-07-04T22:00:00Z",
        "2026-01-05T08:00, 2026-01-05T07:00:00Z",
        "2026-01-05T08:00:07.5, 2026-01-05T07:00:07.500Z",
        "2026-01-05T08:00:00Z, 2026-01-05T08:00:00Z",
        "2026-01-05T08:00-05:30, 2026-01-05T13:30:00Z",
    })
    void theStartOfAFilmIsOfTheZoneOfPeopleUnlessItHasAnOffset(String text, Instant start)
            throws InvalidSetting {
        CameraSettings settings = SettingsReader.read(FRONT, film(text), Secrets.NONE);

        assertThat(settings.source().fileStart().orElseThrow().in(ZoneId.of("Europe/Berlin")))
                .isEqualTo(start);
    }

    @Test
    void anAddressAloneGivesTheDocumentedDefaults() throws InvalidSetting {
        CameraSettings settings = read();

        assertThat(settings.name()).isEqualTo("front");
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.priority()).isEqualTo(5);
        assertThat(settings.source())
                .isEqualTo(
                        new Source(
                                URL, List.of(), Source.Pace.NATIVE, false, Source.Transport.TCP));
        assertThat(settings.analysis().fps()).isEqualTo(5);
        assertThat(settings.analysis().width()).isEqualTo(640);
        assertThat(settings.analysis().detector()).isEqualTo("auto");
        assertThat(settings.analysis().objects()).containsExactlyInAnyOrder("person", "moving");
        assertThat(settings.analysis().minScore()).isEqualTo(0.5);
        assertThat(settings.analysis().lines()).isEmpty();
        assertThat(settings.analysis().zones()).isEmpty();
        assertThat(settings.analysis().masks()).isEmpty();
        assertThat(settings.reconnect())
                .isEqualTo(
                        new ReconnectPolicy(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(60),
                                10,
                                Duration.ofMinutes(5)));
        assertThat(settings.picture())
                .isEqualTo(
                        new PictureLimits(
                                Optional.of(Duration.ofSeconds(10)),
                                Optional.of(Duration.ofSeconds(10)),
                                Optional.of(Duration.ofSeconds(60)),
                                Optional.of(Duration.ofSeconds(60))));
    }

    @Test
    void everyKeyIsRead() throws InvalidSetting {
        CameraSettings settings =
                read(
                        "url", "file:/srv/a.mp4",
                        "fallback.urls", "rtsp://u:p,w@cam/1, http://cam:8080/2?a=b,c file:/srv/b",
                        "enabled", "False",
                        "pace", "ASAP",
                        "loop", "true",
                        "detector", "yolox_nano",
                        "detect.fps", 10,
                        "detect.width", 416L,
                        "objects", new String[] {"person", "traffic light"},
                        "min.score", 0.25,
                        "line.door", "0.1,0.2 0.9,.8",
                        "zone.yard", "0,0 1,0 1,1 0,1",
                        "zone.yard.loitering.s", "90",
                        "zone.yard.max.occupancy", "12",
                        "mask", "0,0 0.1,0 0.1,0.1; 0.9,0.9 1,0.9 1,1",
                        "priority", "10",
                        "reconnect.initial", "500ms",
                        "reconnect.max", "2m",
                        "reconnect.retries", "3",
                        "reconnect.probe", "1h",
                        "picture.freeze", "20s",
                        "picture.dark", "off",
                        "picture.blur", "2m",
                        "picture.moved", "OFF",
                        "service.pid", "io.visionops.camera~front",
                        "felix.fileinstall.filename", "file:/x/io.visionops.camera-front.cfg");

        assertThat(settings.enabled()).isFalse();
        assertThat(settings.priority()).isEqualTo(10);
        assertThat(settings.source().pace()).isEqualTo(Source.Pace.ASAP);
        assertThat(settings.source().loop()).isTrue();
        assertThat(settings.source().fallbackUrls())
                .containsExactly("rtsp://u:p,w@cam/1", "http://cam:8080/2?a=b,c", "file:/srv/b");
        assertThat(settings.analysis().objects())
                .containsExactlyInAnyOrder("person", "traffic light");
        assertThat(settings.analysis().width()).isEqualTo(416);
        assertThat(settings.analysis().lines())
                .containsExactly(new Line("door", new Point(0.1, 0.2), new Point(0.9, 0.8)));
        assertThat(settings.analysis().zones())
                .singleElement()
                .satisfies(
                        zone -> {
                            assertThat(zone.loitering())
                                    .isEqualTo(Optional.of(Duration.ofSeconds(90)));
                            assertThat(zone.maxOccupancy()).isEqualTo(OptionalInt.of(12));
                            assertThat(zone.area().corners()).hasSize(4);
                        });
        assertThat(settings.analysis().masks()).hasSize(2);
        assertThat(settings.reconnect().max()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.picture())
                .isEqualTo(
                        new PictureLimits(
                                Optional.of(Duration.ofSeconds(20)),
                                Optional.empty(),
                                Optional.of(Duration.ofMinutes(2)),
                                Optional.empty()));
    }

    static Stream<Arguments> wrong() {
        String many =
                IntStream.range(0, 65)
                        .mapToObj(i -> "0." + (100 + i) + ",0.5")
                        .collect(Collectors.joining(" "));
        return Stream.of(
                // addresses
                arguments(raw("url", ""), "url is missing: " + SCHEMES),
                arguments(raw("url", "   "), "url is missing: " + SCHEMES),
                arguments(raw("url", "10.0.0.9/stream"), "url = 10.0.0.9/stream: " + SCHEMES),
                arguments(
                        raw("url", "ftp://host/x"),
                        "url = ftp://host/x: unknown kind of address; " + SCHEMES),
                arguments(
                        raw("url", "rstp://u:secret@host/x"),
                        "url = rstp://***@host/x: unknown kind of address; " + SCHEMES),
                arguments(raw("url", "rtsp:/host/x"), "url = rtsp:/host/x: " + SCHEMES),
                arguments(raw("url", "rtsp:///x"), "url = rtsp:///x: must name a host"),
                arguments(
                        raw("url", "rtsp://u:secret@/x"), "url = rtsp://***@/x: must name a host"),
                arguments(
                        raw("url", "admin:secret@10.0.0.9/x"),
                        "url = ***@10.0.0.9/x: unknown kind of address; " + SCHEMES),
                arguments(
                        raw("url", "rtsp:/admin:secret@10.0.0.9/x"),
                        "url = ***@10.0.0.9/x: " + SCHEMES),
                arguments(
                        raw("url", "rtsp://host:0/x"),
                        "url = rtsp://host:0/x: the port must be 1..65535"),
                arguments(
                        raw("url", "rtsp://host:70000/x"),
                        "url = rtsp://host:70000/x: the port must be 1..65535"),
                arguments(
                        raw("url", "rtsp://host:abc/x"),
                        "url = rtsp://host:abc/x: the port must be 1..65535"),
                arguments(
                        raw("url", "rtsp://u:secr/et@host/x"),
                        "url = rtsp://***@host/x: a / ? or # in the password must be written %2F,"
                                + " %3F or %23"),
                arguments(
                        raw("url", "rtsp://u:99999/secret@host/x"),
                        "url = rtsp://***@host/x: a / ? or # in the password must be written %2F,"
                                + " %3F or %23"),
                arguments(
                        raw("url", "rtsp://u:s@e:cr/secret@host/x"),
                        "url = rtsp://***@host/x: a / ? or # in the password must be written %2F,"
                                + " %3F or %23"),
                arguments(
                        raw("url", "rtsp://u:secr et@host/x"),
                        "url = rtsp://***@host/x: must not hold spaces; write %20"),
                arguments(
                        raw("url", "rtsp://ho_st!/x"),
                        "url = rtsp://ho_st!/x: the host may hold a-z A-Z 0-9 . - _ only"),
                arguments(
                        raw("url", "rtsp://fe80::1/x"),
                        "url = rtsp://fe80::1/x: must name a host; an IPv6 address needs [ ]"),
                arguments(
                        raw("url", "rtsp://u:secret@host/x\nline.a=0,0 1,1"),
                        "url = rtsp://***@host/x line.a=0,0 1,1: must not hold control"
                                + " characters"),
                arguments(
                        raw("url", "file:relative.mp4"),
                        "url = file:relative.mp4: must be an absolute path, for example"
                                + " file:/srv/a.mp4"),
                arguments(
                        raw("url", "file:"),
                        "url = file:: must be an absolute path, for example file:/srv/a.mp4"),
                arguments(
                        raw("url", "v4l2:/etc/passwd"),
                        "url = v4l2:/etc/passwd: must name a device, for example"
                                + " v4l2:/dev/video0"),
                arguments(
                        raw("url", "rtsp://u:$[secret:cam]@host/x"),
                        "url: there is no secret cam: set it with secret-set cam"),
                arguments(
                        raw("detector", "$[secret:cam]"),
                        "detector: only url and fallback.urls may name a secret"),
                arguments(
                        raw("url", "rtsp://u:$[secret:a b]@host/x"),
                        "url: $[secret:a b]: a secret's name must be 1..80 of a-z A-Z 0-9 . _ -"),
                arguments(
                        raw("url", "rtsp://u:$[env:X"),
                        "url: $[env: is not resolved here: only $[secret:NAME] is"),
                arguments(
                        raw("url", "http://h/snap?user=a&password=secret&pwd=secret x"),
                        "url = http://h/snap?user=a&password=***&pwd=*** x: must not hold spaces;"
                                + " write %20"),
                arguments(
                        raw("fallback.urls", "rtsp://a/1, gopher://b/2"),
                        "fallback.urls = gopher://b/2: unknown kind of address; " + SCHEMES),
                arguments(raw("fallback.urls", URL), "fallback.urls = " + URL + ": is named twice"),
                // words
                arguments(raw("enabled", "yes"), "enabled = yes: must be true or false"),
                arguments(raw("enabled", ""), "enabled = : must be true or false"),
                arguments(
                        raw("url", "file:/a.mp4", "loop", "1"), "loop = 1: must be true or false"),
                arguments(
                        raw("loop", "true"),
                        "loop = true: only a file: address can start again; must be false"),
                arguments(
                        raw("pace", "asap"),
                        "pace = asap: only a file: address can be read so; must be native"),
                arguments(
                        raw("url", "file:/a.mp4", "file.start", "2026-01-05"),
                        "file.start = 2026-01-05: only a film that is read with pace = asap has a"
                                + " time of its own; must be absent"),
                arguments(film("yesterday"), "file.start = yesterday: " + FILM_TIMES),
                arguments(film(""), "file.start = : " + FILM_TIMES),
                arguments(film("2026-02-30"), "file.start = 2026-02-30: " + FILM_TIMES),
                arguments(film("1969-12-31"), "file.start = 1969-12-31: " + FILM_TIMES),
                arguments(film("2026-01-05 08:00"), "file.start = 2026-01-05 08:00: " + FILM_TIMES),
                arguments(
                        film("+999999999-01-01T00:00"),
                        "file.start = +999999999-01-01T00:00: " + FILM_TIMES),
                arguments(raw("pace", "fast"), "pace = fast: must be native or asap"),
                arguments(raw("transport", "quic"), "transport = quic: must be tcp or udp"),
                arguments(
                        raw("url", "http://h/x", "transport", "udp"),
                        "transport = udp: only rtsp:// can use it; must be tcp"),
                arguments(
                        raw("detector", "../x"),
                        "detector = ../x: must be auto, motion or the name of a model"),
                arguments(
                        raw("detector", ""),
                        "detector = : must be auto, motion or the name of a model"),
                // numbers
                arguments(raw("detect.fps", "99"), "detect.fps = 99: must be 1..30"),
                arguments(raw("detect.fps", "0"), "detect.fps = 0: must be 1..30"),
                arguments(raw("detect.fps", "-5"), "detect.fps = -5: must be 1..30"),
                arguments(raw("detect.fps", "2.5"), "detect.fps = 2.5: must be 1..30"),
                arguments(raw("detect.fps", "five"), "detect.fps = five: must be 1..30"),
                arguments(
                        raw("detect.fps", "99999999999999999999"),
                        "detect.fps = 99999999999999999999: must be 1..30"),
                arguments(raw("detect.fps", true), "detect.fps = true: must be 1..30"),
                arguments(raw("detect.width", "63"), "detect.width = 63: must be 64..1920"),
                arguments(raw("detect.width", "1922"), "detect.width = 1922: must be 64..1920"),
                arguments(raw("detect.width", "641"), "detect.width = 641: must be even"),
                arguments(raw("min.score", "1.5"), "min.score = 1.5: must be a number 0..1"),
                arguments(raw("min.score", "-0.1"), "min.score = -0.1: must be a number 0..1"),
                arguments(raw("min.score", "NaN"), "min.score = NaN: must be a number 0..1"),
                arguments(raw("min.score", "0,5"), "min.score = 0,5: must be a number 0..1"),
                arguments(raw("min.score", "1e400"), "min.score = 1e400: must be a number 0..1"),
                arguments(raw("priority", "11"), "priority = 11: must be 1..10"),
                // durations
                arguments(
                        raw("reconnect.initial", "5"),
                        "reconnect.initial = 5: must be a duration such as 500ms, 30s, 5m, 1d"),
                arguments(
                        raw("reconnect.initial", "0s"),
                        "reconnect.initial = 0s: must be 100ms..1h"),
                arguments(
                        raw("reconnect.max", "-1s"),
                        "reconnect.max = -1s: must be a duration such as 500ms, 30s, 5m, 1d"),
                arguments(
                        raw("reconnect.max", "500ms"),
                        "reconnect.max = 500ms: must not be less than reconnect.initial, 1s"),
                arguments(raw("reconnect.probe", "2d"), "reconnect.probe = 2d: must be 1s..1d"),
                arguments(
                        raw("reconnect.probe", "5 min"),
                        "reconnect.probe = 5 min: must be a duration such as 500ms, 30s, 5m, 1d"),
                arguments(
                        raw("reconnect.retries", "-1"),
                        "reconnect.retries = -1: must be 0..1000000"),
                arguments(raw("picture.freeze", "4s"), "picture.freeze = 4s: must be 5s..1d"),
                arguments(
                        raw("picture.dark", "no"),
                        "picture.dark = no: must be off or a duration such as 10s, 1m"),
                arguments(
                        raw("picture.blur", "60"),
                        "picture.blur = 60: must be off or a duration such as 10s, 1m"),
                arguments(
                        raw("picture.moved", "5parsecs"),
                        "picture.moved = 5parsecs: must be off or a duration such as 10s, 1m"),
                // objects
                arguments(
                        raw("objects", ""),
                        "objects = : must be names separated by commas, such as person, car"),
                arguments(
                        raw("objects", "person,,car"),
                        "objects = person,,car: must be names separated by commas, such as"
                                + " person, car"),
                arguments(
                        raw("objects", "person, person"),
                        "objects = person, person: names person twice"),
                // lines
                arguments(
                        raw("line.a", "0,0"),
                        "line.a = 0,0: must be two points, x1,y1 x2,y2, not 1"),
                arguments(raw("line.a", ""), "line.a = : must be two points, x1,y1 x2,y2, not 0"),
                arguments(
                        raw("line.a", "0,0 1,1 0,1"),
                        "line.a = 0,0 1,1 0,1: must be two points, x1,y1 x2,y2, not 3"),
                arguments(
                        raw("line.a", "0.5,0.5 0.5,0.5"),
                        "line.a = 0.5,0.5 0.5,0.5: the two points must differ"),
                arguments(
                        raw("line.a", "0,0 1.01,1"),
                        "line.a = 0,0 1.01,1: 1.01 lies outside the picture, 0..1"),
                arguments(
                        raw("line.a", "0,0 640,480"),
                        "line.a = 0,0 640,480: 640 lies outside the picture, 0..1"),
                arguments(
                        raw("line.a", "0,-0.1 1,1"),
                        "line.a = 0,-0.1 1,1: -0.1 lies outside the picture, 0..1"),
                arguments(raw("line.a", "0,0 1,x"), "line.a = 0,0 1,x: 'x' is not a number"),
                arguments(raw("line.a", "0,0 1;1"), "line.a = 0,0 1;1: '1;1' is not a point x,y"),
                arguments(raw("line.a", "0, 0 1, 1"), "line.a = 0, 0 1, 1: '' is not a number"),
                arguments(
                        raw("line.a b", "0,0 1,1"),
                        "line.a b: the name must be 1..64 of a-z A-Z 0-9 _ -"),
                arguments(
                        raw("line." + "x".repeat(65), "0,0 1,1"),
                        "line." + "x".repeat(65) + ": the name must be 1..64 of a-z A-Z 0-9 _ -"),
                arguments(
                        raw("line.Door", "0,0 1,1", "line.door", "0,1 1,0"),
                        "line.door: another one has that name in other case"),
                // zones
                arguments(
                        raw("zone.a", "0,0 1,1"),
                        "zone.a = 0,0 1,1: must have 3..64 corners, x,y x,y ..., not 2"),
                arguments(
                        raw("zone.a", many),
                        "zone.a = "
                                + many.substring(0, 80)
                                + "...: must have 3..64 corners, x,y"
                                + " x,y ..., not 65"),
                arguments(
                        raw("zone.a", "0,0 1,1 1,0 0,1"),
                        "zone.a = 0,0 1,1 1,0 0,1: the sides of the area must not cross"),
                arguments(
                        raw("zone.a", "0,0 0.5,0.5 1,1"),
                        "zone.a = 0,0 0.5,0.5 1,1: the area must not be empty"),
                arguments(
                        raw("zone.a", "0,0 1,0 1,1 0,0"),
                        "zone.a = 0,0 1,0 1,1 0,0: names the corner 0.0,0.0 twice"),
                arguments(
                        raw("zone.a.loitering.s", "30"),
                        "zone.a.loitering.s = 30: there is no zone.a"),
                arguments(
                        raw("zone.a", "0,0 1,0 1,1", "zone.a.loitering.s", "0"),
                        "zone.a.loitering.s = 0: must be a number 1..86400"),
                arguments(
                        raw("zone.a", "0,0 1,0 1,1", "zone.a.max.occupancy", "many"),
                        "zone.a.max.occupancy = many: must be 0..10000"),
                arguments(
                        raw("zone.a", "0,0 1,0 1,1", "zone.a.loitering", "30"),
                        "zone.a.loitering: unknown key; did you mean zone.NAME.loitering.s? etc/camera.example has all keys"),
                arguments(
                        raw("mask", "0,0 1,0 1,1;"),
                        "mask = : must have 3..64 corners, x,y x,y ..., not 0"),
                // keys
                arguments(
                        raw("detect_fps", "5"),
                        "detect_fps: unknown key; did you mean detect.fps? etc/camera.example has all keys"),
                arguments(
                        raw("Url2", "x"),
                        "Url2: unknown key; did you mean url? etc/camera.example has all keys"),
                arguments(
                        raw("lines.door", "0,0 1,1"),
                        "lines.door: unknown key; did you mean line.NAME? etc/camera.example has all keys"),
                arguments(
                        raw("line.", "0,0 1,1"),
                        "line.: unknown key; did you mean line.NAME? etc/camera.example has all keys"),
                arguments(
                        raw("minscore", "0.5"),
                        "minscore: unknown key; did you mean min.score? etc/camera.example has all keys"),
                arguments(raw("detect.fps", List.of(5, 6)), "detect.fps = 5,6: must be 1..30"),
                arguments(
                        raw("detect.fps", new Object()),
                        "detect.fps: a value of type Object: write text"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongConfigurationIsRefusedInOneClearLine(Map<String, Object> raw, String line) {
        assertThatThrownBy(() -> SettingsReader.read(FRONT, raw, Secrets.NONE))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(line);
        assertThat(line).doesNotContain("\n").doesNotContain("secr/et").doesNotContain("secret@");
    }

    @Test
    void aFarKeyIsAnsweredWithWhereAllAreToldNotWithAllOfThem() {
        assertThatThrownBy(() -> read("motion_threshold", "3"))
                .hasMessage("motion_threshold: unknown key; etc/camera.example has all keys");
    }

    @Test
    void twoKeysThatAreEquallyNearAreBothProposed() {
        assertThatThrownBy(() -> read("lone.door", "0,0 1,1"))
                .hasMessage(
                        "lone.door: unknown key; did you mean line.NAME or zone.NAME?"
                                + " etc/camera.example has all keys");
    }

    @Test
    void theNameComesFromTheFile() {
        Map<String, Object> raw =
                raw("felix.fileinstall.filename", "file:/etc/io.visionops.camera-gate-2.cfg");

        CameraFile file = CameraFile.from("io.visionops.camera~gate-2", raw);

        assertThat(file.camera()).isEqualTo("gate-2");
        assertThat(file.file()).isEqualTo("io.visionops.camera-gate-2.cfg");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        CameraFile file =
                CameraFile.from(
                        "x", raw("felix.fileinstall.filename", "/etc/io.visionops.camera-a b.cfg"));

        assertThatThrownBy(() -> SettingsReader.read(file, raw(), Secrets.NONE))
                .hasMessage("the camera's name 'a b': must be 1..64 of a-z A-Z 0-9 _ -");
    }

    @Test
    void equalTextsGiveEqualSettings() throws InvalidSetting {
        assertThat(read("objects", "car,person", "detect.fps", "5"))
                .isEqualTo(read("objects", " person , car", "detect.fps", 5));
    }

    @Test
    void whateverIsWrittenIsReadOrRefusedInOneLineWithoutThePassword() {
        Random random = new Random(20_260_101);
        String[] keys = {
            "url",
            "fallback.urls",
            "enabled",
            "pace",
            "loop",
            "transport",
            "detector",
            "detect.fps",
            "detect.width",
            "objects",
            "min.score",
            "line.a",
            "zone.a",
            "zone.a.loitering.s",
            "zone.a.max.occupancy",
            "mask",
            "priority",
            "reconnect.initial",
            "reconnect.max",
            "reconnect.retries",
            "reconnect.probe",
            "picture.freeze",
            "picture.dark",
            "picture.blur",
            "picture.moved",
            "x"
        };
        String[] seeds = {
            "rtsp://u:geheim@host:554/x",
            "http://u:geheim@[::1]/a?b=c",
            "file:/a%zz.mp4",
            "true",
            "5",
            "0.5",
            "0,0 1,0 1,1",
            "0,0 0.5,0.5",
            "30s",
            "person, car",
            "asap",
            "2026-01-05T08:00:00.5+01:00",
            "v4l2:/dev/x"
        };
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            Map<String, Object> raw = raw();
            for (int k = random.nextInt(3); k >= 0; k--) {
                String seed = seeds[random.nextInt(seeds.length)];
                raw.put(keys[random.nextInt(keys.length)], mutated(seed, random));
            }
            try {
                SettingsReader.read(FRONT, raw, Secrets.NONE);
                good++;
            } catch (InvalidSetting e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n", "geheim");
            }
        }
        assertThat(good).isBetween(100, 19_000);
    }

    /** All but the password is changed, so that it can be looked for. */
    private static String mutated(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int m = random.nextInt(4); m > 0; m--) {
            int secret = text.indexOf("geheim@");
            int at = random.nextInt(text.length() + 1);
            if (secret >= 0 && at >= secret && at <= secret + 7) {
                continue;
            }
            if (random.nextBoolean() && at < text.length()) {
                text.deleteCharAt(at);
            } else {
                text.insert(at, (char) (random.nextInt(20) == 0 ? 10 : 32 + random.nextInt(230)));
            }
        }
        return text.toString();
    }
}

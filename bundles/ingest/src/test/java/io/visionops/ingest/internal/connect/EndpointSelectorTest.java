package io.visionops.ingest.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Source.Transport;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.decoder.FfmpegErrorClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointSelectorTest {

    private static final Fault SILENT = new Fault(Cause.TIMEOUT, "no first frame within 10 s");
    private static final Fault UNPLUGGED =
            new Fault(Cause.TIMEOUT, FfmpegErrorClassifier.NOT_CONNECTED);
    private static final Fault REFUSED = new Fault(Cause.REFUSED, "nothing listens at its port");
    private static final Fault UNSUPPORTED =
            new Fault(Cause.REFUSED, "the camera answered 461 Unsupported transport");

    private static EndpointSelector endpoints(String... urls) throws InvalidSetting {
        List<Address> addresses = new ArrayList<>();
        for (String url : urls) {
            addresses.add(Address.parse("url", url));
        }
        return EndpointSelector.of(addresses, Transport.TCP);
    }

    private static List<Transport> transports(EndpointSelector from, Fault fault, int failures) {
        List<Transport> used = new ArrayList<>();
        EndpointSelector endpoints = from;
        for (int i = 0; i < failures; i++) {
            used.add(endpoints.endpoint().transport());
            endpoints = endpoints.failed(fault);
        }
        return used;
    }

    @Test
    void addressesTakeTurns() throws InvalidSetting {
        EndpointSelector endpoints = endpoints("rtsp://a/", "http://b/", "file:/c.mp4");

        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            used.add(endpoints.endpoint().address());
            endpoints = endpoints.failed(REFUSED);
        }

        assertThat(used).containsExactly(0, 1, 2, 0);
    }

    @Test
    void afterThreeSilencesTheOtherTransportIsTriedOnce() throws InvalidSetting {
        assertThat(transports(endpoints("rtsp://a/"), SILENT, 9))
                .containsExactly(
                        Transport.TCP,
                        Transport.TCP,
                        Transport.TCP,
                        Transport.UDP,
                        Transport.TCP,
                        Transport.TCP,
                        Transport.TCP,
                        Transport.UDP,
                        Transport.TCP);
    }

    @Test
    void aServerThatNamesTheTransportIsBelievedAtOnce() throws InvalidSetting {
        assertThat(transports(endpoints("rtsp://a/"), UNSUPPORTED, 2))
                .containsExactly(Transport.TCP, Transport.UDP);
    }

    @Test
    void aCameraThatCannotBeReachedIsNoMatterOfTransport() throws InvalidSetting {
        assertThat(transports(endpoints("rtsp://a/"), REFUSED, 9)).containsOnly(Transport.TCP);
        assertThat(transports(endpoints("rtsp://a/"), UNPLUGGED, 9)).containsOnly(Transport.TCP);
        assertThat(transports(endpoints("rtsp://a/"), EndpointSelector.BABBLE, 9))
                .containsOnly(Transport.TCP);
        assertThat(transports(endpoints("http://a/"), SILENT, 9)).containsOnly(Transport.TCP);
    }

    @Test
    void theCauseIsThatOfTheUsualWayAndNotOfTheTransportThatWasTriedOnce() throws InvalidSetting {
        EndpointSelector usual = endpoints("rtsp://a/");
        assertThat(usual.told(Optional.empty(), SILENT)).isEqualTo(SILENT);
        assertThat(usual.told(Optional.of(REFUSED), SILENT)).isEqualTo(SILENT);

        EndpointSelector rung = usual.failed(SILENT).failed(SILENT).failed(SILENT);

        assertThat(rung.endpoint().transport()).isEqualTo(Transport.UDP);
        assertThat(rung.told(Optional.of(SILENT), UNSUPPORTED)).isEqualTo(SILENT);
        assertThat(rung.told(Optional.empty(), UNSUPPORTED)).isEqualTo(UNSUPPORTED);
        assertThat(rung.failed(UNSUPPORTED).told(Optional.of(SILENT), REFUSED)).isEqualTo(REFUSED);
    }

    @Test
    void whereTheServerWantsTheOtherTransportTheCauseIsWhatThatMeets() throws InvalidSetting {
        Fault unauthorised = new Fault(Cause.UNAUTHORISED, "401 Unauthorized");

        EndpointSelector rung = endpoints("rtsp://a/").failed(UNSUPPORTED);

        assertThat(rung.told(Optional.of(UNSUPPORTED), unauthorised)).isEqualTo(unauthorised);
    }

    @Test
    void whatProvedGoodIsKept() throws InvalidSetting {
        EndpointSelector udp = endpoints("rtsp://a/").failed(UNSUPPORTED);

        EndpointSelector kept = udp.worked(udp.endpoint());

        assertThat(transports(kept, REFUSED, 5)).containsOnly(Transport.UDP);
        assertThat(transports(kept, SILENT, 5))
                .containsExactly(
                        Transport.UDP, Transport.UDP, Transport.UDP, Transport.TCP, Transport.UDP);
    }

    @Test
    void onlyATransportThatIsTriedInPlaceOfTheUsualOneIsRefused() throws InvalidSetting {
        EndpointSelector usual = endpoints("rtsp://a/x");
        EndpointSelector other = usual.failed(UNSUPPORTED);

        assertThat(usual.isRefused(UNSUPPORTED)).isFalse();
        assertThat(other.isRefused(UNSUPPORTED)).isTrue();
        assertThat(other.isRefused(new Fault(Cause.TIMEOUT, "no first frame"))).isFalse();
    }
}

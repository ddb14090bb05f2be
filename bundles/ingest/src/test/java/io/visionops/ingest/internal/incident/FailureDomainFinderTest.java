package io.visionops.ingest.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A recorder with two cameras (r1, r2), one beside it (s1), one elsewhere (n1, by name). */
class FailureDomainFinderTest {

    private static final long SECOND = 1_000_000_000L;
    private static final FailureDomain RECORDER = FailureDomain.host("10.0.0.5");
    private static final FailureDomain NETWORK = FailureDomain.subnet("10.0.0.0/24");

    private final CameraLosses losses = new CameraLosses();
    private final FailureDomainFinder domains = new FailureDomainFinder(losses);

    @BeforeEach
    void install() {
        NetworkLocation recorder = location("10.0.0.5", false, "10.0.0.0/24");
        losses.use(
                Map.of(
                        "r1",
                        recorder,
                        "r2",
                        recorder,
                        "s1",
                        location("10.0.0.11", false, "10.0.0.0/24"),
                        "n1",
                        location("north.example", true, "172.16.4.0/24")));
    }

    private static NetworkLocation location(String host, boolean named, String subnet) {
        return new NetworkLocation(host, named, Optional.of(subnet));
    }

    private CameraLoss lost(String camera, Cause cause, long second) {
        losses.lost(camera, cause, false, second * SECOND);
        return losses.of(camera).orElseThrow();
    }

    private CameraLoss lost(String camera, long second) {
        return lost(camera, Cause.TIMEOUT, second);
    }

    @Test
    void candidatesGoFromNarrowToWide() {
        assertThat(domains.candidates(List.of(lost("r1", 1), lost("s1", 1))))
                .containsExactly(
                        RECORDER, FailureDomain.host("10.0.0.11"), NETWORK, FailureDomain.ALL);
    }

    @Test
    void theNameServerIsSuspectedOnlyWhenAllWereLostByNames() {
        CameraLoss north = lost("n1", Cause.NAME_RESOLUTION, 1);

        assertThat(domains.candidates(List.of(north))).startsWith(FailureDomain.NAMES);
        assertThat(domains.candidates(List.of(north, lost("s1", 1))))
                .doesNotContain(FailureDomain.NAMES);
    }

    @Test
    void theNarrowestThatAllShareIsFound() {
        CameraLoss r1 = lost("r1", 1);
        CameraLoss r2 = lost("r2", 2);
        assertThat(domains.ofAll(List.of(r1, r2))).contains(RECORDER);

        CameraLoss s1 = lost("s1", 3);
        assertThat(domains.ofAll(List.of(r1, r2, s1))).contains(NETWORK);
        assertThat(domains.ofAll(List.of(r1, r2, s1, lost("n1", 4)))).contains(FailureDomain.ALL);
    }

    @Test
    void oneLossExplainsNothingAndNeitherDoLossesFarApart() {
        CameraLoss r1 = lost("r1", 1);
        assertThat(domains.ofAll(List.of(r1))).isEmpty();

        assertThat(domains.ofAll(List.of(r1, lost("r2", 12)))).isEmpty();
    }

    @Test
    void halfOfTheCamerasAreNotEnough() {
        assertThat(domains.ofAll(List.of(lost("s1", 1), lost("n1", 1)))).isEmpty();
    }

    @Test
    void thoseThatWereLostBeforeDoNotCount() {
        losses.standAlone(lost("r1", 1));
        List<CameraLoss> now = List.of(lost("s1", 30), lost("n1", 30));

        assertThat(domains.size(FailureDomain.ALL, now)).isEqualTo(3);
        assertThat(domains.ofAll(now)).contains(FailureDomain.ALL);
    }

    @Test
    void aLossIsSharedWhenItIsOneOfThoseThatAreNotJudged() {
        CameraLoss r1 = lost("r1", 1);
        assertThat(domains.isShared(r1)).isFalse();

        lost("r2", 2);
        assertThat(domains.isShared(r1)).isTrue();
    }

    @Test
    void aCommonCauseIsThatOfAll() {
        CameraLoss r1 = lost("r1", 1);

        assertThat(FailureDomainFinder.common(List.of(r1, lost("r2", 1)))).contains(Cause.TIMEOUT);
        assertThat(FailureDomainFinder.common(List.of(r1, lost("s1", Cause.REFUSED, 1)))).isEmpty();
    }
}

package io.visionops.ingest.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CameraLossesTest {

    private static final NetworkLocation HERE =
            new NetworkLocation("10.0.0.5", false, Optional.of("10.0.0.0/24"));

    private final CameraLosses losses = new CameraLosses();
    private final OpenIncident incident = new OpenIncident(FailureDomain.ALL, 0);

    @BeforeEach
    void install() {
        losses.use(Map.of("a", HERE, "b", HERE));
    }

    private CameraLoss lost(String camera, long now) {
        losses.lost(camera, Cause.TIMEOUT, false, now);
        return losses.of(camera).orElseThrow();
    }

    @Test
    void whatIsNotJudgedComesInTheOrderInWhichItWasLost() {
        CameraLoss b = lost("b", 1);
        CameraLoss a = lost("a", 2);

        assertThat(losses.fresh()).containsExactly(b, a);
        assertThat(losses.all()).containsExactly(a, b);
        assertThat(losses.isEveryCamera()).isTrue();
        assertThat(losses.location(a)).isEqualTo(HERE);
    }

    @Test
    void aCameraThatIsNotConfiguredIsNotLost() {
        losses.lost("c", Cause.TIMEOUT, false, 1);

        assertThat(losses.all()).isEmpty();
    }

    @Test
    void anotherTryThatFailsIsTheSameLossWithItsCause() {
        lost("a", 1);
        losses.lost("a", Cause.REFUSED, false, 7);

        CameraLoss loss = losses.of("a").orElseThrow();
        assertThat(loss.since()).isEqualTo(1);
        assertThat(loss.cause()).isEqualTo(Cause.REFUSED);
    }

    @Test
    void oneThatIsBackIsKeptUntilItIsJudged() {
        CameraLoss loss = lost("a", 1);
        losses.back("a");
        assertThat(losses.fresh()).containsExactly(loss);

        losses.join(loss, incident);

        assertThat(losses.all()).isEmpty();
        assertThat(incident.members()).containsExactly("a");
    }

    @Test
    void oneThatIsBackAndLostAgainIsLostAnew() {
        lost("a", 1);
        losses.back("a");

        assertThat(lost("a", 9).since()).isEqualTo(9);
        assertThat(losses.of("a").orElseThrow().isBack()).isFalse();
    }

    @Test
    void oneThatIsJudgedIsForgottenWhenItIsBack() {
        losses.standAlone(lost("a", 1));
        losses.join(lost("b", 1), incident);
        assertThat(losses.fresh()).isEmpty();
        assertThat(losses.of(incident)).extracting(CameraLoss::camera).containsExactly("b");

        losses.back("a");
        losses.back("b");

        assertThat(losses.all()).isEmpty();
    }

    @Test
    void aMemberOfAnIncidentStaysOneThoughItHasAnotherCause() {
        losses.join(lost("a", 1), incident);
        losses.lost("a", Cause.UNAUTHORISED, true, 2);

        assertThat(losses.of(incident)).hasSize(1);
        losses.lost("b", Cause.UNAUTHORISED, true, 2);
        assertThat(losses.of("b").orElseThrow().isJudged()).isTrue();
    }

    @Test
    void aSuccessorGoesOnWithALossAtItsOwnTimes() {
        CameraLoss loss = lost("a", 5);
        losses.join(loss, incident);

        CameraLoss next = new CameraLoss(loss.left(OptionalInt.of(0)), 100, incident);

        assertThat(next.since()).isEqualTo(105);
        assertThat(next.incident()).isSameAs(incident);
        assertThat(next.left(OptionalInt.of(0)))
                .isEqualTo(
                        new CameraLoss.Left(
                                "a", 105, Cause.TIMEOUT, false, false, OptionalInt.of(0)));
    }
}

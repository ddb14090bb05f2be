package io.visionops.ingest.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.subject.Actor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LevelRequestsTest {

    private static final Actor GOVERNOR = Actor.part("governor");
    private static final Actor ANNA = Actor.user("anna");
    private static final Actor BEN = Actor.user("ben");

    private LevelRequests requests = LevelRequests.NONE;

    private void ask(Actor by, ServiceLevel level) {
        requests = requests.with(new LevelRequest(by, level, "why"));
    }

    @Test
    void eachLevelOfTheLadderIsLowerThanTheOneBefore() {
        List<ServiceLevel> ladder =
                List.of(
                        ServiceLevel.FULL,
                        ServiceLevel.reduced(30),
                        ServiceLevel.reduced(1),
                        ServiceLevel.KEYFRAMES,
                        ServiceLevel.MOTION_ONLY,
                        ServiceLevel.PAUSED);

        for (int i = 1; i < ladder.size(); i++) {
            assertThat(ladder.get(i)).isLessThan(ladder.get(i - 1));
            assertThat(ServiceLevel.lowestOf(ladder.subList(0, i + 1))).isEqualTo(ladder.get(i));
        }
        assertThat(ServiceLevel.lowestOf(List.of())).isEqualTo(ServiceLevel.FULL);
    }

    @Test
    void theLowestWishHoldsWhoeverAsksLast() {
        ask(GOVERNOR, ServiceLevel.MOTION_ONLY);
        ask(ANNA, ServiceLevel.reduced(5));
        ask(BEN, ServiceLevel.reduced(2));

        assertThat(requests.level()).isEqualTo(ServiceLevel.MOTION_ONLY);
        assertThat(requests.standing())
                .extracting(LevelRequest::by)
                .containsExactly(GOVERNOR, BEN, ANNA);
    }

    @Test
    void anActorHasOneRequestAndFullWithdrawsIt() {
        ask(GOVERNOR, ServiceLevel.PAUSED);
        ask(ANNA, ServiceLevel.KEYFRAMES);
        ask(GOVERNOR, ServiceLevel.reduced(3));
        assertThat(requests.standing()).hasSize(2);
        assertThat(requests.level()).isEqualTo(ServiceLevel.KEYFRAMES);

        ask(ANNA, ServiceLevel.FULL);
        assertThat(requests.level()).isEqualTo(ServiceLevel.reduced(3));
        ask(GOVERNOR, ServiceLevel.FULL);
        assertThat(requests).isEqualTo(LevelRequests.NONE);
    }

    @Test
    void aPersonTakesBackWhatSomebodyUnknownAskedForAndAPartDoesNot() {
        ask(LevelRequests.UNKNOWN, ServiceLevel.KEYFRAMES);
        ask(GOVERNOR, ServiceLevel.reduced(5));
        assertThat(requests.level()).isEqualTo(ServiceLevel.KEYFRAMES);

        ask(ANNA, ServiceLevel.FULL);

        assertThat(requests.level()).isEqualTo(ServiceLevel.reduced(5));
    }

    @Test
    void equalRequestsStayInTheOrderInWhichTheyWereMade() {
        ask(BEN, ServiceLevel.KEYFRAMES);
        ask(ANNA, ServiceLevel.KEYFRAMES);

        assertThat(requests.standing()).extracting(LevelRequest::by).containsExactly(BEN, ANNA);
    }

    @Test
    void motionAloneIsDecodedAsKeyFramesAre() {
        ask(GOVERNOR, ServiceLevel.MOTION_ONLY);

        assertThat(requests.decoding()).isEqualTo(ServiceLevel.KEYFRAMES);
    }

    @Test
    void aReasonIsOneLine() {
        assertThatThrownBy(() -> new LevelRequest(ANNA, ServiceLevel.PAUSED, "a\nb"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one line");
    }
}

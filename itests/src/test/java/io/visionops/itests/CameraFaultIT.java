package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.itests.Troubles.Outcome;
import io.visionops.testkit.rtsp.HostileCamera;
import io.visionops.testkit.rtsp.Mischief;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Cameras that die, freeze, refuse and misbehave at the same time come back by themselves. */
@Isolated
class CameraFaultIT {

    @Test
    void camerasComeBackByThemselvesAndTheOthersLoseNoFrame() throws Exception {
        FaultMedia media = FaultMedia.make();
        try (Instance instance = Instance.fresh("faults");
                HostileCamera hostile = HostileCamera.start(media.hostile());
                FaultCast cast = new FaultCast(instance, media, hostile)) {
            instance.start().expect(0);
            try (Bystander bystander = new Bystander(instance, media.hostile())) {
                List<Trouble> troubles = new ArrayList<>();
                troubles.add(cast.gstreamerKilled(Duration.ofSeconds(8)));
                troubles.add(cast.gstreamerFrozen(Duration.ofSeconds(12)));
                troubles.add(cast.gstreamerPasswordChanged());
                troubles.add(cast.gstreamerPathChanged());
                troubles.add(cast.decoderKilled());
                troubles.add(cast.hostile(Mischief.GARBAGE, Duration.ofSeconds(22)));
                troubles.add(cast.hostile(Mischief.HALF_OPEN, Duration.ofSeconds(22)));
                troubles.add(cast.hostile(Mischief.ONE_FPS, Duration.ofSeconds(20)));
                troubles.add(cast.hostile(Mischief.NEW_RESOLUTION, Duration.ofSeconds(12)));

                Map<String, Outcome> outcomes =
                        new Troubles(instance)
                                .run(troubles).stream()
                                        .collect(
                                                Collectors.toMap(
                                                        one -> one.trouble().camera(),
                                                        Function.identity()));

                System.out.println(FaultTable.of(outcomes.values()));
                assertThatItWas(outcomes, "gstreamer-killed", "BACKOFF", 2, 5);
                assertThatItWas(outcomes, "gstreamer-frozen", "BACKOFF", 10, 5);
                assertThatItWas(outcomes, "gstreamer-password", "OFFLINE", 2, 15);
                assertThatItWas(outcomes, "gstreamer-path", "OFFLINE", 2, 15);
                assertThatItWas(outcomes, "decoder-killed", "BACKOFF", 2, 3);
                assertThatItWas(outcomes, "a-garbage", "BACKOFF", 2, 12);
                assertThatItWas(outcomes, "a-half-open", "BACKOFF", 2, 12);
                assertThatItWas(outcomes, "a-one-fps", "DEGRADED", 15, 15);
                bystander.account().assertThatNothingIsLost();
            }
        }
    }

    private static void assertThatItWas(
            Map<String, Outcome> outcomes, String camera, String state, int found, int back) {
        Outcome outcome = outcomes.get(camera);
        assertThat(outcome).isNotNull();
        assertThat(outcome.verdict().orElseThrow().state()).as(outcome.toString()).isEqualTo(state);
        assertThat(outcome.found().orElseThrow())
                .as(outcome.toString())
                .isLessThanOrEqualTo(Duration.ofSeconds(found));
        assertThat(outcome.recovered().orElseThrow())
                .as(outcome.toString())
                .isLessThanOrEqualTo(Duration.ofSeconds(back));
    }
}

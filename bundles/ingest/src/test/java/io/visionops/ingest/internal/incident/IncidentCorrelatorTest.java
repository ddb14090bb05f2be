package io.visionops.ingest.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import io.visionops.ingest.internal.incident.IncidentCorrelator.News;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Stories of losses. There are a recorder with three cameras (r1..r3 at 10.0.0.5), two cameras
 * beside it (s1, s2 at 10.0.0.11 and .12), three in another network (t1..t3) and two that are known
 * by name (n1, n2).
 */
class IncidentCorrelatorTest {

    private static final long SECOND = 1_000_000_000L;

    private IncidentCorrelator incidents = new IncidentCorrelator();
    private final Map<String, NetworkLocation> cameras = new LinkedHashMap<>();
    private final List<String> told = new ArrayList<>();
    private long now = 1000 * SECOND;

    @BeforeEach
    void install() {
        for (String recorded : List.of("r1", "r2", "r3")) {
            cameras.put(recorded, site("10.0.0.5", "10.0.0.5"));
        }
        cameras.put("s1", site("10.0.0.11", "10.0.0.11"));
        cameras.put("s2", site("10.0.0.12", "10.0.0.12"));
        cameras.put("t1", site("10.9.0.21", "10.9.0.21"));
        cameras.put("t2", site("10.9.0.22", "10.9.0.22"));
        cameras.put("t3", site("10.9.0.23", "10.9.0.23"));
        cameras.put("n1", site("north.example", "172.16.4.1"));
        cameras.put("n2", site("south.example", "172.16.5.1"));
        incidents.use(cameras);
    }

    private static NetworkLocation site(String host, String address) {
        try {
            return NetworkLocation.of(host, Optional.of(InetAddress.getByName(address)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void lose(String... names) {
        lose(Cause.TIMEOUT, names);
    }

    private void lose(Cause cause, String... names) {
        for (String name : names) {
            incidents.lost(name, cause, false, now);
        }
    }

    private void back(String... names) {
        List.of(names).forEach(incidents::back);
    }

    /** Time goes by, looked at twice a second. */
    private void pass(double seconds) {
        for (int i = 0; i < seconds * 2; i++) {
            now += SECOND / 2;
            for (News news : incidents.look(now)) {
                told.add(news.kind() + " " + news.fault().words());
            }
        }
    }

    @Test
    void oneCameraIsNoIncident() {
        lose("s1");
        pass(60);
        back("s1");
        pass(60);

        assertThat(told).isEmpty();
    }

    @Test
    void twoIndependentLossesHalfAMinuteApartAreNoIncident() {
        lose("s1");
        pass(30);
        lose("s2");
        pass(60);

        assertThat(told).isEmpty();
        assertThat(incidents.isShared("s1")).isFalse();
        assertThat(incidents.isShared("s2")).isFalse();
    }

    @Test
    void twoLossesOfManyCamerasAreNoIncident() {
        lose("s1", "t1");
        pass(60);

        assertThat(told).isEmpty();
    }

    @Test
    void aDeadRecorderIsOneIncident() {
        lose("r2");
        pass(1.5);
        lose("r1");
        pass(2);
        lose("r3");
        pass(60);

        assertThat(told)
                .containsExactly(
                        "OPENED 3 of 3 cameras behind 10.0.0.5 lost within 4 s (the"
                                + " camera does not answer): look at that recorder or its switch");
        assertThat(incidents.open().get(0).members()).containsExactly("r1", "r2", "r3");

        back("r1", "r3");
        pass(5);
        back("r2");
        pass(60);

        assertThat(told).hasSize(2);
        assertThat(told.get(1)).startsWith("CLOSED 3 of 3 cameras behind 10.0.0.5");
        assertThat(incidents.open()).isEmpty();
    }

    @Test
    void aDeadSwitchIsOneIncidentOfItsNetwork() {
        lose("r1", "r2", "s1");
        pass(3);
        lose("r3", "s2");
        pass(60);

        assertThat(told)
                .containsExactly(
                        "OPENED 5 of 5 cameras in 10.0.0.0/24 lost within 3 s (the camera does"
                                + " not answer): look at the switch, the router and the power of"
                                + " that network");
    }

    @Test
    void everythingLostIsOneIncident() {
        lose(cameras.keySet().toArray(String[]::new));
        pass(60);

        assertThat(told)
                .containsExactly(
                        "OPENED 10 of 10 cameras lost within 1 s (the camera does not answer):"
                                + " look at the network of this computer and the power");
    }

    @Test
    void decodersThatDieTogetherAreTheFaultOfThisComputer() {
        lose(Cause.CRASHED, cameras.keySet().toArray(String[]::new));
        pass(60);

        assertThat(told)
                .containsExactly(
                        "OPENED 10 of 10 cameras lost within 1 s (the decoder died): look at"
                                + " the memory and the disk of this computer");
    }

    @Test
    void namesThatAreNotKnownPointToTheNameServer() {
        lose(Cause.NAME_RESOLUTION, "n1", "n2");
        pass(60);

        assertThat(told)
                .containsExactly(
                        "OPENED 2 of 2 cameras with host names lost within 1 s (the host name is"
                                + " not known): look at the name server");
    }

    @Test
    void twoRecordersInDifferentNetworksAreTwoIncidents() {
        cameras.keySet().removeIf(name -> name.startsWith("s"));
        cameras.put("u1", site("10.7.0.1", "10.7.0.1"));
        cameras.put("u2", site("10.7.0.2", "10.7.0.2"));
        cameras.put("u3", site("10.7.0.3", "10.7.0.3"));
        incidents.use(cameras);

        lose("r1", "r2", "r3");
        pass(2);
        lose("u1", "u2");
        pass(60);

        assertThat(told)
                .containsExactly(
                        "OPENED 3 of 3 cameras behind 10.0.0.5 lost within 1 s (the"
                                + " camera does not answer): look at that recorder or its switch",
                        "OPENED 2 of 3 cameras in 10.7.0.0/24 lost within 1 s (the camera does"
                                + " not answer): look at the switch, the router and the power of"
                                + " that network");
    }

    @Test
    void aLateLossWidensTheIncidentAndMakesNoSecondOne() {
        lose("r1", "r2", "r3");
        pass(6);
        lose("s1", "s2");
        pass(60);

        assertThat(told)
                .containsExactly(
                        "OPENED 3 of 3 cameras behind 10.0.0.5 lost within 1 s (the"
                                + " camera does not answer): look at that recorder or its switch",
                        "WIDENED 5 of 5 cameras in 10.0.0.0/24 lost within 6 s (the camera does"
                                + " not answer): look at the switch, the router and the power of"
                                + " that network");
        assertThat(incidents.open()).hasSize(1);
    }

    @Test
    void oneMoreBehindABrokenRecorderJoinsInSilence() {
        lose("r1", "r2");
        pass(20);
        lose("r3");
        pass(20);

        assertThat(told).hasSize(1);
        assertThat(incidents.open().get(0).members()).containsExactly("r1", "r2", "r3");
    }

    @Test
    void aMomentOfLossIsOpenedAndClosed() {
        lose("r1", "r2", "r3");
        pass(1.5);
        back("r1", "r2", "r3");
        pass(60);

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).startsWith("OPENED 3 of 3 cameras behind 10.0.0.5");
        assertThat(told.get(1)).startsWith("CLOSED");
    }

    @Test
    void oneThatStaysAwayIsNoIncidentAnyMore() {
        lose("r1", "r2", "r3");
        pass(10);
        back("r1", "r2");
        pass(25);
        assertThat(told).hasSize(1);

        pass(10);

        assertThat(told).hasSize(2);
        assertThat(told.get(1)).startsWith("CLOSED");
        assertThat(incidents.isShared("r3")).isFalse();
    }

    @Test
    void camerasThatWereLostBeforeAreNotCounted() {
        lose("r1");
        pass(120);
        lose("r2", "r3");
        pass(60);

        assertThat(told)
                .containsExactly(
                        "OPENED 2 of 2 cameras behind 10.0.0.5 lost within 1 s (the"
                                + " camera does not answer): look at that recorder or its switch");
    }

    @Test
    void aStandstillOfThisComputerIsItsOwnIncident() {
        incidents.stoodStill(Duration.ofSeconds(8), true, now);
        pass(1);
        assertThat(incidents.isShared("s1")).isTrue();
        lose("s1", "t1", "r1");
        pass(5);
        back("s1", "t1", "r1");
        pass(60);

        assertThat(told)
                .containsExactly(
                        "OPENED this computer stood still for 8 s, no camera lost by it: look at"
                                + " its load, its memory and its disk",
                        "CLOSED this computer stood still for 8 s, 3 cameras lost by it: look at"
                                + " its load, its memory and its disk");
    }

    @Test
    void aStandstillThatLosesEverythingIsStillOneIncident() {
        incidents.stoodStill(Duration.ofSeconds(8), true, now);
        pass(3);
        lose(cameras.keySet().toArray(String[]::new));
        pass(3);
        incidents.stoodStill(Duration.ofSeconds(4), true, now);
        pass(10);
        back(cameras.keySet().toArray(String[]::new));
        pass(60);

        assertThat(told).hasSize(2);
        assertThat(told.get(1))
                .startsWith("CLOSED this computer stood still for 12 s, 10 cameras lost by it");
    }

    @Test
    void aClockThatIsSetAheadIsAnIncidentOnlyIfCamerasAreLost() {
        incidents.stoodStill(Duration.ofHours(1), false, now);
        pass(60);
        assertThat(told).isEmpty();

        incidents.stoodStill(Duration.ofHours(1), false, now);
        lose("s1");
        pass(60);

        assertThat(told)
                .containsExactly(
                        "OPENED this computer slept, or its clock was set ahead, by 3600 s, 1"
                                + " camera lost by it: look at its load, its memory and its disk");
    }

    @Test
    void camerasThatAreLostForReasonsOfTheirOwnAreNoIncident() {
        for (String camera : cameras.keySet()) {
            incidents.lost(camera, Cause.UNAUTHORISED, true, now);
        }
        pass(60);

        assertThat(told).isEmpty();
        assertThat(incidents.isShared("r1")).isFalse();
    }

    @Test
    void whoIsLostForAReasonOfItsOwnIsNoneOfThoseThatWereWell() {
        incidents.lost("s1", Cause.UNAUTHORISED, true, now);
        incidents.lost("r1", Cause.NOT_FOUND, true, now);
        pass(30);
        lose("r2", "r3");
        pass(60);

        assertThat(told)
                .containsExactly(
                        "OPENED 2 of 2 cameras behind 10.0.0.5 lost within 1 s (the camera does"
                                + " not answer): look at that recorder or its switch");
    }

    @Test
    void aRecorderThatComesBackAndDoesNotKnowItsUsersYetIsTheSameIncident() {
        lose("r1", "r2", "r3");
        pass(10);
        incidents.lost("r1", Cause.UNAUTHORISED, true, now);
        pass(10);

        assertThat(told).hasSize(1);
        assertThat(incidents.open().get(0).members()).containsExactly("r1", "r2", "r3");
    }

    @Test
    void aRemovedCameraLeavesItsIncident() {
        lose("r1", "r2", "r3");
        pass(10);
        cameras.keySet().removeIf(name -> name.startsWith("r"));
        incidents.use(cameras);
        pass(10);

        assertThat(told).hasSize(2);
        assertThat(incidents.open()).isEmpty();
    }

    @Test
    void aLossIsSharedBeforeItIsTold() {
        lose("r1");
        assertThat(incidents.isShared("r1")).isFalse();
        pass(0.5);
        lose("r2");

        assertThat(told).isEmpty();
        assertThat(incidents.isShared("r1")).isTrue();
        assertThat(incidents.isShared("r2")).isTrue();
        assertThat(incidents.isShared("s1")).isFalse();
    }

    @Test
    void whateverHappensTheSameStoryEndsAlikeAndWithoutOpenIncidentsOnceAllAreBack() {
        for (int seed = 0; seed < 60; seed++) {
            List<String> first = randomStory(seed);

            assertThat(randomStory(seed)).isEqualTo(first);
            assertThat(first.stream().filter(line -> line.startsWith("OPENED")).count())
                    .as("seed " + seed)
                    .isEqualTo(
                            first.stream()
                                    .filter(line -> line.matches("(CLOSED|ABSORBED) .*"))
                                    .count());
        }
    }

    /** Another one goes on; its cameras are configured one after the other. */
    private void swap() {
        IncidentCorrelator.Left left = incidents.left();
        long shift = 17 * SECOND;
        incidents = new IncidentCorrelator();
        now += shift;
        incidents.resume(left, shift, now);
        Map<String, NetworkLocation> configured = new LinkedHashMap<>();
        cameras.forEach(
                (camera, site) -> {
                    configured.put(camera, site);
                    incidents.use(configured);
                });
    }

    @Test
    void anIncidentGoesOnAfterASwapAndEndsOnce() {
        lose("r1", "r2", "r3");
        pass(10);

        swap();
        lose("r1", "r2", "r3");
        pass(20);
        assertThat(told).hasSize(1);
        assertThat(incidents.isShared("r2")).isTrue();
        back("r1", "r2", "r3");
        pass(60);

        assertThat(told).hasSize(2);
        assertThat(told.get(1)).startsWith("CLOSED 3 of 3 cameras behind 10.0.0.5 lost within 1 s");
    }

    @Test
    void lossesOnBothSidesOfASwapAreOneIncident() {
        lose("r1");
        pass(1);
        swap();
        lose("r2", "r3");
        pass(60);

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).startsWith("OPENED 3 of 3 cameras behind 10.0.0.5");
    }

    @Test
    void aCameraThatIsBackBeforeAllAreConfiguredIsBack() {
        lose("r1", "r2");
        pass(20);
        IncidentCorrelator.Left left = incidents.left();
        incidents = new IncidentCorrelator();
        incidents.resume(left, 0, now);

        back("r1", "r2");
        pass(1);

        assertThat(told).hasSize(2);
        assertThat(told.get(1)).startsWith("CLOSED 2 of 3 cameras behind 10.0.0.5");
    }

    @Test
    void aCameraThatWasRemovedMeanwhileDoesNotKeepTheIncidentOpen() {
        lose("r1", "r2", "r3");
        pass(10);
        cameras.remove("r3");

        swap();
        back("r1", "r2");
        pass(5);
        assertThat(told).hasSize(1);
        pass(6);

        assertThat(told).hasSize(2);
        assertThat(told.get(1)).startsWith("CLOSED");
    }

    @Test
    void lossesAfterAStandstillAndASwapAreStillItsDoing() {
        incidents.stoodStill(Duration.ofSeconds(8), true, now);
        pass(1);
        swap();
        lose("s1", "t1");
        pass(5);
        assertThat(told).hasSize(1);
        back("s1", "t1");
        pass(60);

        assertThat(told).hasSize(2);
        assertThat(told.get(1)).startsWith("CLOSED this computer stood still for 8 s, 2 cameras");
    }

    @Test
    void aSuspicionOutlivesASwap() {
        incidents.stoodStill(Duration.ofHours(1), false, now);
        pass(1);
        swap();
        lose("s1");
        pass(60);

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).startsWith("OPENED this computer slept");
    }

    @Test
    void swapsChangeNoStory() {
        for (int seed = 0; seed < 60; seed++) {
            assertThat(randomStory(seed, true)).as("seed " + seed).isEqualTo(randomStory(seed));
        }
    }

    private List<String> randomStory(int seed) {
        return randomStory(seed, false);
    }

    private List<String> randomStory(int seed, boolean swaps) {
        IncidentCorrelatorTest story = new IncidentCorrelatorTest();
        story.install();
        Random random = new Random(seed);
        List<String> names = List.copyOf(story.cameras.keySet());
        for (int i = 0; i < 200; i++) {
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> story.lose(name);
                case 3 -> story.lose(Cause.CRASHED, "r1", "r2", "r3");
                case 4, 5 -> story.back(name);
                case 6 -> story.pass(random.nextInt(20));
                default ->
                        story.incidents.stoodStill(
                                Duration.ofSeconds(3), random.nextBoolean(), story.now);
            }
            story.pass(0.5);
            if (swaps) {
                story.swap();
            }
        }
        names.forEach(story.incidents::back);
        story.pass(60);
        assertThat(story.incidents.open()).isEmpty();
        return story.told;
    }
}

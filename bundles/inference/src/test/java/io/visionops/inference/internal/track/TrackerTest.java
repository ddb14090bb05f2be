package io.visionops.inference.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.detect.Detection;
import io.visionops.api.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Figures are 0.2 of the picture tall and half as wide; the picture is square. */
class TrackerTest {

    private static final double STEP = 0.1;

    private Tracker tracker = new Tracker(0.5, 1);
    private final Random random = new Random(3);
    private long frame;

    private static Detection figure(String label, double score, double x, double feet) {
        return new Detection(label, score, new Box(x - 0.05, feet - 0.2, x + 0.05, feet));
    }

    private static Detection person(double x) {
        return figure("person", 0.8, x, 0.8);
    }

    private List<Track> see(Detection... found) {
        return tracker.update(List.of(found), STEP, ++frame);
    }

    @Test
    void aWalkerIsOneObjectFromTheThirdFrameOn() {
        for (int i = 0; i < 2; i++) {
            assertThat(see(person(0.1 + 0.02 * i))).isEmpty();
        }
        for (int i = 2; i < 40; i++) {
            List<Track> tracks = see(person(0.1 + 0.02 * i));

            assertThat(tracks).singleElement().satisfies(track -> assertThat(track.id()).isOne());
        }
        Track track = see(person(0.9)).get(0);
        assertThat(track.label()).isEqualTo("person");
        assertThat(track.hits()).isEqualTo(41);
        assertThat(track.age()).isCloseTo(4, within(1e-6));
        assertThat(track.origin().x()).isCloseTo(0.1, within(1e-9));
        assertThat(track.origin().y()).isCloseTo(0.8, within(1e-9));
        assertThat(track.box().bottomCentre().x()).isCloseTo(0.9, within(0.01));
    }

    @Test
    void aWeakDetectionStartsNothingAndKeepsWhatIsThere() {
        for (int i = 0; i < 10; i++) {
            assertThat(see(figure("person", 0.4, 0.5, 0.8))).isEmpty();
        }
        assertThat(tracker.idle()).isTrue();
        for (int i = 0; i < 10; i++) {
            see(person(0.2 + 0.02 * i));
        }

        for (int i = 10; i < 20; i++) {
            List<Track> tracks = see(figure("person", 0.15, 0.2 + 0.02 * i, 0.8));

            assertThat(tracks)
                    .singleElement()
                    .satisfies(track -> assertThat(track.lost()).isZero());
        }
    }

    @Test
    void whatNeverMovesAndIsHardlyBelievedIsNotReported() {
        for (int i = 0; i < 300; i++) {
            double score = 0.53 + 0.03 * random.nextGaussian();

            assertThat(see(figure("person", score, 0.5, 0.8))).isEmpty();
        }
    }

    @Test
    void whatNeverMovesAndIsWellSeenIsReported() {
        List<Track> tracks = List.of();
        for (int i = 0; i < 20; i++) {
            tracks = see(figure("person", 0.65, 0.5, 0.8));
        }

        assertThat(tracks).hasSize(1);
    }

    @Test
    void someoneOutOfSightIsReportedForAMomentAndKnownForLonger() {
        double x = 0.1;
        for (int i = 0; i < 20; i++, x += 0.015) {
            see(person(x));
        }
        List<Integer> reported = new ArrayList<>();
        for (int i = 0; i < 15; i++, x += 0.015) {
            List<Track> tracks = see();
            reported.add(tracks.size());
            for (Track track : tracks) {
                assertThat(track.lost()).isPositive();
                assertThat(track.box().bottomCentre().x()).isCloseTo(x, within(0.02));
            }
        }
        List<Track> again = see(person(x));

        assertThat(reported).startsWith(1, 1, 1).endsWith(0, 0, 0);
        assertThat(again).singleElement().satisfies(track -> assertThat(track.id()).isOne());
    }

    @Test
    void someoneGoneForLongIsSomeoneElse() {
        for (int i = 0; i < 20; i++) {
            see(person(0.1 + 0.015 * i));
        }
        tracker.update(List.of(), 5, ++frame);

        assertThat(tracker.idle()).isTrue();
    }

    @Test
    void whoeverLeftThePictureIsForgottenAtOnce() {
        for (int i = 0; i < 20; i++) {
            see(person(0.6 + 0.02 * i));
        }
        for (int i = 0; i < 4; i++) {
            see();
        }

        assertThat(tracker.idle()).isTrue();
    }

    @Test
    void aParkedCarIsTheSameAfterTheDetectorWasBlindForHalfAMinute() {
        for (int i = 0; i < 50; i++) {
            see(figure("car", 0.8, 0.5, 0.8));
        }
        for (int i = 0; i < 300; i++) {
            see();
        }

        List<Track> tracks = see(figure("car", 0.8, 0.505, 0.8));

        assertThat(tracks).hasSize(1);
        assertThat(tracks.get(0).id()).isOne();
        assertThat(tracks.get(0).stationary()).isTrue();
    }

    @Test
    void aParkedCarMayLeaveAndStaysTheSame() {
        for (int i = 0; i < 50; i++) {
            see(figure("car", 0.8, 0.3, 0.8));
        }
        Track last = null;
        for (int i = 0; i < 30; i++) {
            double seconds = 0.1 * i;
            List<Track> tracks = see(figure("car", 0.8, 0.3 + 0.07 * seconds * seconds, 0.8));
            assertThat(tracks).hasSize(1);
            last = tracks.get(0);
        }

        assertThat(last.id()).isOne();
        assertThat(last.stationary()).isFalse();
        assertThat(last.box().bottomCentre().x()).isCloseTo(0.3 + 0.07 * 8.41, within(0.02));
    }

    @Test
    void aPasserByDoesNotTakeTheIdentityOfWhoStands() {
        for (int i = 0; i < 50; i++) {
            see(person(0.5));
        }
        for (int i = 0; i < 40; i++) {
            double x = 0.1 + 0.02 * i;
            // For a moment the detector sees one of the two alone.
            boolean hidden = Math.abs(x - 0.5) < 0.05;
            List<Track> tracks = hidden ? see(person(x)) : see(person(0.5), person(x));
            if (i > 30) {
                assertThat(tracks).extracting(Track::id).containsExactly(1L, 2L);
                assertThat(tracks.get(0).box().bottomCentre().x()).isCloseTo(0.5, within(0.03));
            }
        }
    }

    @Test
    void whoMeetsAndPassesKeepsTheirIdentity() {
        for (int i = 0; i < 40; i++) {
            double x = 0.1 + 0.02 * i;
            List<Track> tracks = see(person(x), figure("person", 0.8, 1 - x, 0.83));
            if (i > 35) {
                assertThat(tracks).hasSize(2);
                Track right = tracks.get(0).id() == 1 ? tracks.get(0) : tracks.get(1);
                assertThat(right.box().bottomCentre().x()).isGreaterThan(0.5);
            }
        }
    }

    @Test
    void theFeetOfWhoIsCutByAWallStayBelowIt() {
        for (int i = 0; i < 20; i++) {
            see(person(0.1 + 0.015 * i));
        }
        for (int i = 20; i < 26; i++) {
            double x = 0.1 + 0.015 * i;
            Detection upperHalf =
                    new Detection("person", 0.7, new Box(x - 0.05, 0.6, x + 0.05, 0.7));
            List<Track> tracks = see(upperHalf);

            assertThat(tracks).hasSize(1);
            assertThat(tracks.get(0).box().y2()).isCloseTo(0.8, within(0.03));
        }
    }

    @Test
    void aSecondBoxOfOneObjectIsNoSecondObject() {
        for (int i = 0; i < 20; i++) {
            double x = 0.1 + 0.015 * i;
            Detection again =
                    new Detection("person", 0.55, new Box(x - 0.04, 0.62, x + 0.06, 0.82));
            see(person(x), again);
        }

        assertThat(see(person(0.4))).hasSize(1);
        assertThat(tracker.save().tracks()).hasSize(1);
    }

    @Test
    void labelsAreFollowedApart() {
        List<Track> tracks = List.of();
        for (int i = 0; i < 10; i++) {
            tracks = see(person(0.3 + 0.02 * i), figure("car", 0.9, 0.35 + 0.02 * i, 0.9));
        }

        assertThat(tracks).extracting(Track::label).containsExactlyInAnyOrder("person", "car");
    }

    @Test
    void aCrowdIsFollowedThroughDroppedFrames() {
        double since = 0;
        List<Track> tracks = List.of();
        for (int i = 0; i < 60; i++) {
            since += STEP;
            if (random.nextInt(3) == 0) {
                continue;
            }
            List<Detection> found = new ArrayList<>();
            for (int who = 0; who < 4; who++) {
                double x = who % 2 == 0 ? 0.1 + 0.012 * i : 0.9 - 0.012 * i;
                found.add(figure("person", 0.8, x, 0.3 + 0.22 * who));
            }
            tracks = tracker.update(found, since, ++frame);
            since = 0;
        }

        assertThat(tracks).extracting(Track::id).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    @Test
    void anotherTrackerGoesOnWhereOneStopped() throws Exception {
        for (int i = 0; i < 10; i++) {
            see(person(0.1 + 0.02 * i), person(0.9 - 0.02 * i));
        }
        ObjectMapper json = new ObjectMapper();
        String document = json.writeValueAsString(tracker.save());
        List<Track> alone = see(person(0.3), person(0.7));
        Box expected = alone.get(0).box();

        tracker = new Tracker(0.5, 1);
        tracker.restore(json.readValue(document, TrackerState.class));
        List<Track> tracks = see(person(0.3), person(0.7));

        assertThat(tracks).extracting(Track::id).containsExactly(1L, 2L);
        assertThat(tracks.get(0).box()).isEqualTo(expected);
        for (int i = 0; i < 3; i++) {
            tracks = see(figure("person", 0.9, 0.1 + 0.02 * i, 0.4));
        }
        assertThat(tracks).extracting(Track::id).contains(3L);
    }

    @Test
    void aStateOfAnUnknownVersionIsRefused() {
        assertThatThrownBy(() -> tracker.restore(new TrackerState(2, 1, List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void boxesWithoutSizeHurtNobody() {
        Detection point = new Detection("person", 0.9, new Box(0.5, 0.5, 0.5, 0.5));
        for (int i = 0; i < 10; i++) {
            see(point, point);
        }

        assertThat(see(point)).allSatisfy(track -> assertThat(track.box().x1()).isFinite());
    }

    @Test
    void anEmptyPictureCostsNothing() {
        assertThat(see()).isSameAs(see()).isEmpty();
    }
}

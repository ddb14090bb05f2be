package io.visionops.support.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Tags;
import io.visionops.support.meter.CountedTotals.Total;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountedTotalsTest {

    @TempDir Path folder;

    private static CountedTotals totals() {
        return new CountedTotals(
                Total.of("errors", "Errors", "camera", "cause"), Total.of("commits", "Commits"));
    }

    @Test
    void aTotalIsCountedByItsLabels() {
        CountedTotals totals = totals();
        totals.add("errors", 1, "front", "timeout");
        totals.add("errors", 2, "front", "timeout");

        assertThat(totals.get("errors", "front", "timeout")).isEqualTo(3);
        assertThat(totals.readings(Set.of("front")))
                .anySatisfy(
                        one -> {
                            assertThat(one.tags())
                                    .isEqualTo(Tags.of("camera", "front", "cause", "timeout"));
                            assertThat(one.value()).isEqualTo(3);
                        })
                .anySatisfy(one -> assertThat(one.name()).isEqualTo("commits"));
        assertThatThrownBy(() -> totals.add("errors", 1, "front"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatSomebodyElseCountsIsAddedAsItGrowsAlsoWhenItBeginsAnew() {
        CountedTotals totals = totals();
        totals.follow("commits", 5);
        totals.follow("commits", 7);
        totals.follow("commits", 2);
        totals.followAnew();
        totals.follow("commits", 4);

        assertThat(totals.get("commits")).isEqualTo(7 + 2 + 4);
    }

    @Test
    void totalsGoOnWhereTheRunBeforeLeftThem() {
        Path file = folder.resolve("part/totals.properties");
        CountedTotals before = totals();
        before.add("errors", 4, "front", "a=b: c d");
        before.add("commits", 9);
        before.leave(file);

        CountedTotals after = totals();
        after.resume(file);
        after.follow("commits", 1);

        assertThat(after.get("errors", "front", "a=b: c d")).isEqualTo(4);
        assertThat(after.get("commits")).isEqualTo(10);
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatIsDamagedOrOfAnotherVersionBeginsAnew() throws Exception {
        Path file = folder.resolve("totals.properties");
        Files.writeString(file, "commits = many\nerrors\\u001Ffront = 3\nunknown = 4\n");

        CountedTotals totals = totals();
        totals.resume(file);

        assertThat(totals.readings(Set.of())).singleElement().matches(one -> one.value() == 0);
    }

    @Test
    void whatIsOfAnotherCameraIsNotShownAndGoes() {
        CountedTotals totals = totals();
        totals.add("errors", 1, "front", "timeout");
        totals.add("errors", 1, "yard", "timeout");

        assertThat(totals.readings(Set.of("yard"))).hasSize(2);
        totals.retainCameras(Set.of("yard"));

        assertThat(totals.get("errors", "front", "timeout")).isZero();
        assertThat(totals.get("errors", "yard", "timeout")).isEqualTo(1);
    }
}

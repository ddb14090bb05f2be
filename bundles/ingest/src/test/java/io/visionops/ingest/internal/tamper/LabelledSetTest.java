package io.visionops.ingest.internal.tamper;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import io.visionops.testkit.scene.Scene;
import io.visionops.testkit.scene.SceneVideo;
import io.visionops.testkit.scene.Scenes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Precision, recall and time to the verdict on the labelled set, as docs/picture-faults.md gives
 * them. The whole set takes minutes: {@code -Dpicture.set=whole}; what always runs is a part of it.
 */
@Tag("slow")
@Isolated
class LabelledSetTest {

    private static final Path PEDESTRIANS =
            Path.of("/usr/share/doc/opencv-doc/examples/data/vtest.avi");

    /** Seconds after which a fault is to be found. */
    private static final Map<Cause, Double> BARS =
            Map.of(Cause.FROZEN, 10.0, Cause.BLACK, 10.0, Cause.BLURRED, 60.0, Cause.MOVED, 60.0);

    private static final boolean WHOLE = "whole".equals(System.getProperty("picture.set"));

    @TempDir private Path folder;

    @Test
    void faultsAreFoundAndNothingElseIs() throws Exception {
        List<Outcome> outcomes = outcomes();

        System.out.println(table(outcomes));
        assertThat(precision(outcomes)).as("precision").isGreaterThanOrEqualTo(0.95);
        assertThat(recall(outcomes)).as("recall").isGreaterThanOrEqualTo(0.9);
        // Of the whole set some encoders need longer, as docs/picture-faults.md says.
        assertThat(outcomes).filteredOn(unused -> !WHOLE).noneMatch(LabelledSetTest::isLate);
    }

    private List<Outcome> outcomes() throws Exception {
        Footage footage = new Footage();
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Outcome>> running = new ArrayList<>();
            for (Path scene : scenes(footage)) {
                boolean rendered = !scene.equals(PEDESTRIANS);
                for (Encoding encoding : encodings()) {
                    for (Scenario scenario : LabelledSet.all()) {
                        if (WHOLE || isHalf(scenario, rendered)) {
                            running.add(
                                    workers.submit(
                                            () -> Outcome.of(footage, scene, encoding, scenario)));
                        }
                    }
                }
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> one : running) {
                outcomes.add(one.get());
                System.out.println(outcomes.get(outcomes.size() - 1));
            }
            return outcomes;
        } finally {
            workers.shutdownNow();
        }
    }

    /** Without the whole set, each entry is shown with one of the scenes. */
    private static boolean isHalf(Scenario scenario, boolean rendered) {
        return LabelledSet.all().indexOf(scenario) % 2 == (rendered ? 0 : 1);
    }

    private List<Path> scenes(Footage footage) throws Exception {
        Scene scene = Scenes.groups();
        Path rendered = folder.resolve(scene.name() + ".mp4");
        SceneVideo.write(scene, footage.ffmpeg().path(), footage.ffmpeg().environment(), rendered);
        return Files.exists(PEDESTRIANS) ? List.of(rendered, PEDESTRIANS) : List.of(rendered);
    }

    private static List<Encoding> encodings() {
        List<Encoding> all = new ArrayList<>();
        for (Encoding one : Encoding.values()) {
            if (one == Encoding.POOR || WHOLE && one.isThere()) {
                all.add(one);
            }
        }
        return all;
    }

    private static boolean isLate(Outcome outcome) {
        Optional<Double> bar = outcome.scenario().expected().map(BARS::get);
        return outcome.delay().isPresent() && outcome.delay().get() > bar.orElseThrow();
    }

    private static double precision(List<Outcome> outcomes) {
        long right = outcomes.stream().filter(one -> one.delay().isPresent()).count();
        long wrong = outcomes.stream().mapToLong(Outcome::wrong).sum();
        return (double) right / (right + wrong);
    }

    private static double recall(List<Outcome> outcomes) {
        long faults =
                outcomes.stream().filter(one -> one.scenario().expected().isPresent()).count();
        return (double) outcomes.stream().filter(one -> one.delay().isPresent()).count() / faults;
    }

    private static String table(List<Outcome> outcomes) {
        StringBuilder table = new StringBuilder();
        table.append("| fault | shown | found | reported wrongly | precision | recall |");
        table.append(" seconds: median | longest |\n|---|---|---|---|---|---|---|---|\n");
        for (Cause cause : List.of(Cause.FROZEN, Cause.BLACK, Cause.BLURRED, Cause.MOVED)) {
            row(table, cause, outcomes);
        }
        long well = outcomes.stream().filter(one -> one.scenario().expected().isEmpty()).count();
        long clean =
                outcomes.stream()
                        .filter(one -> one.scenario().expected().isEmpty())
                        .filter(one -> one.found().isEmpty())
                        .count();
        table.append(
                String.format(
                        Locale.ROOT,
                        "nothing wrong: %d shown, %d left alone; precision %.3f, recall %.3f%n",
                        well,
                        clean,
                        precision(outcomes),
                        recall(outcomes)));
        return table.toString();
    }

    private static void row(StringBuilder table, Cause cause, List<Outcome> outcomes) {
        List<Outcome> shown =
                outcomes.stream()
                        .filter(one -> one.scenario().expected().equals(Optional.of(cause)))
                        .toList();
        List<Double> delays = shown.stream().flatMap(one -> one.delay().stream()).sorted().toList();
        long wrong = outcomes.stream().filter(one -> one.isWrongly(cause)).count();
        int found = delays.size();
        table.append(
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %d | %.2f | %.2f | %.1f | %.1f |%n",
                        cause.name().toLowerCase(Locale.ROOT),
                        shown.size(),
                        found,
                        wrong,
                        (double) found / Math.max(1, found + wrong),
                        (double) found / Math.max(1, shown.size()),
                        found == 0 ? 0 : delays.get(found / 2),
                        found == 0 ? 0 : delays.get(found - 1)));
    }
}

package io.visionops.testkit.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SceneTest {

    @Test
    void theTruthOfTheScenesIsWhatTheirWalkersDo() {
        assertThat(Scenes.oneWalker().crossings(Scenes.DOOR)).isEqualTo(new Scene.Crossings(1, 0));
        assertThat(Scenes.groups().crossings(Scenes.DOOR)).isEqualTo(new Scene.Crossings(4, 4));
        assertThat(Scenes.pillar().crossings(Scenes.DOOR)).isEqualTo(new Scene.Crossings(1, 1));
        assertThat(Scenes.demo().crossings(Scenes.DOOR)).isEqualTo(new Scene.Crossings(5, 5));
        assertThat(Scenes.procession().crossings(Scenes.DOOR)).isEqualTo(new Scene.Crossings(6, 6));
    }

    @Test
    void theProcessionEndsAsItBegins() {
        Scene scene = Scenes.procession();

        assertThat(standing(scene, scene.seconds())).isEqualTo(standing(scene, 0));
    }

    /** Where figures stand in the picture, and in what coats. */
    private static Set<String> standing(Scene scene, double second) {
        return scene.walkers().stream()
                .flatMap(
                        walker ->
                                walker.feet(second).stream()
                                        .filter(feet -> feet.x() > 0 && feet.x() < 1)
                                        .map(
                                                feet ->
                                                        String.format(
                                                                Locale.ROOT,
                                                                "%.6f %.6f %s",
                                                                feet.x(),
                                                                feet.y(),
                                                                walker.coat())))
                .collect(Collectors.toSet());
    }

    @Test
    void theSameFrameIsRenderedTheSameEachTime() {
        byte[] first = new SceneRenderer(Scenes.demo()).render(100).clone();

        byte[] again = new SceneRenderer(Scenes.demo()).render(100);

        assertThat(again).isEqualTo(first);
    }
}

package io.visionops.testkit.scene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SceneTest {

    @Test
    void theTruthOfTheScenesIsWhatTheirWalkersDo() {
        assertThat(Scenes.oneWalker().crossings(Scenes.DOOR)).isEqualTo(new Scene.Crossings(1, 0));
        assertThat(Scenes.groups().crossings(Scenes.DOOR)).isEqualTo(new Scene.Crossings(4, 4));
        assertThat(Scenes.pillar().crossings(Scenes.DOOR)).isEqualTo(new Scene.Crossings(1, 1));
        assertThat(Scenes.demo().crossings(Scenes.DOOR)).isEqualTo(new Scene.Crossings(5, 5));
    }

    @Test
    void theSameFrameIsRenderedTheSameEachTime() {
        byte[] first = new SceneRenderer(Scenes.demo()).render(100).clone();

        byte[] again = new SceneRenderer(Scenes.demo()).render(100);

        assertThat(again).isEqualTo(first);
    }
}

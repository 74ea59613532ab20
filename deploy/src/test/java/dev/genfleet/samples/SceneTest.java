package dev.genfleet.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SceneTest {
    @Test
    void captionsAreThoseOfTraining() {
        assertThat(new Scene.OneObject(Size.SMALL, Colour.RED, Shape.CIRCLE, Place.ON_THE_LEFT, Background.GRAY)
                        .caption())
                .isEqualTo("a small red circle on the left on a gray background");
        assertThat(new Scene.OneObject(Size.LARGE, Colour.CYAN, Shape.RING, Place.IN_THE_CENTER, Background.NAVY)
                        .caption())
                .isEqualTo("a large cyan ring in the center on a navy background");
        assertThat(new Scene.TwoObjects(
                                new Label(Colour.RED, Shape.CIRCLE),
                                Relation.LEFT_OF,
                                new Label(Colour.BLUE, Shape.STAR),
                                Background.BROWN)
                        .caption())
                .isEqualTo("a red circle left of a blue star on a brown background");
        assertThat(new Scene.Clip(Size.LARGE, Colour.WHITE, Shape.HEART, Motion.DRIFTING_UP, Background.BLACK)
                        .caption())
                .isEqualTo("a large white heart drifting up on a black background");
        assertThat(new Scene.Clip(Size.SMALL, Colour.GREEN, Shape.CROSS, Motion.STANDING_STILL, Background.NAVY)
                        .caption())
                .isEqualTo("a small green cross standing still on a navy background");
        assertThat(new Scene.Labelled(new Label(Colour.PURPLE, Shape.DIAMOND)).caption())
                .isEqualTo("purple diamond");
    }

    @Test
    void twoObjectsNeedTwoColours() {
        Label circle = new Label(Colour.RED, Shape.CIRCLE);
        Label star = new Label(Colour.RED, Shape.STAR);
        assertThatThrownBy(() -> new Scene.TwoObjects(circle, Relation.ABOVE, star, Background.GRAY))
                .hasMessageContaining("red circle and red star");
    }
}

package dev.genfleet.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SceneJudgeTest {
    private static final Label RED_CIRCLE = new Label(Colour.RED, Shape.CIRCLE);
    private static final Label BLUE_STAR = new Label(Colour.BLUE, Shape.STAR);
    private static final Scene.OneObject ONE =
            new Scene.OneObject(Size.SMALL, Colour.RED, Shape.CIRCLE, Place.ON_THE_LEFT, Background.GRAY);
    private static final Scene.TwoObjects TWO =
            new Scene.TwoObjects(RED_CIRCLE, Relation.LEFT_OF, BLUE_STAR, Background.BROWN);
    private static final Scene.Clip CLIP =
            new Scene.Clip(Size.LARGE, Colour.CYAN, Shape.HEART, Motion.DRIFTING_UP, Background.NAVY);

    @Test
    void saysWhatItSees() {
        assertThat(SceneJudge.judge(TWO, drawn(ONE)).seen()).isEqualTo(ONE.caption());
        assertThat(SceneJudge.judge(ONE, drawn(TWO)).seen()).isEqualTo(TWO.caption());
        assertThat(SceneJudge.judge(CLIP, drawn(CLIP)).seen()).isEqualTo(CLIP.caption());
    }

    @Test
    void answersOnlyWhatTheRequestSpeaksOf() {
        Agreement agreement = SceneJudge.judge(new Scene.Labelled(RED_CIRCLE), drawn(ONE));
        assertThat(agreement.allRight()).isTrue();
        assertThat(agreement.aspects()).containsOnlyKeys(Aspect.COLOUR, Aspect.SHAPE);
        assertThatThrownBy(() -> agreement.right(Aspect.PLACE)).hasMessageContaining("[COLOUR, SHAPE]");
    }

    @Test
    void refusesEveryOtherLabel() {
        assertThat(Label.CLASSES.stream().filter(label -> SceneJudge.judge(new Scene.Labelled(label), drawn(ONE))
                        .allRight()))
                .containsExactly(RED_CIRCLE);
    }

    @Test
    void twoObjectsAreNotOne() {
        assertThat(SceneJudge.judge(new Scene.Labelled(RED_CIRCLE), drawn(TWO)).wrong())
                .containsExactly(Aspect.COLOUR, Aspect.SHAPE);
        assertThat(SceneJudge.judge(TWO, drawn(ONE)).wrong()).contains(Aspect.RELATION);
    }

    @Test
    void theOtherWayRoundOnlyTheRelationIsWrong() {
        Scene.TwoObjects turned = new Scene.TwoObjects(BLUE_STAR, Relation.LEFT_OF, RED_CIRCLE, Background.BROWN);
        assertThat(SceneJudge.judge(turned, drawn(TWO)).wrong()).containsExactly(Aspect.RELATION);
    }

    @Test
    void coloursOnTheWrongShapesAreWrongColours() {
        Scene.TwoObjects exchanged = new Scene.TwoObjects(
                new Label(Colour.BLUE, Shape.CIRCLE),
                Relation.LEFT_OF,
                new Label(Colour.RED, Shape.STAR),
                Background.BROWN);
        assertThat(SceneJudge.judge(exchanged, drawn(TWO)).wrong()).containsExactly(Aspect.COLOUR);
    }

    @Test
    void tellsTouchingObjectsApartByColour() {
        BufferedImage picture =
                Pictures.object(Background.BLACK, Colour.YELLOW, new Placed(Shape.SQUARE, 0.35, 0.5, 0.17));
        ShapesWorld.paint(picture, Colour.GREEN, new Placed(Shape.DIAMOND, 0.68, 0.5, 0.17));
        Scene.TwoObjects asked = new Scene.TwoObjects(
                new Label(Colour.YELLOW, Shape.SQUARE),
                Relation.LEFT_OF,
                new Label(Colour.GREEN, Shape.DIAMOND),
                Background.BLACK);
        assertThat(SceneJudge.judge(asked, List.of(picture)).allRight()).isTrue();
    }

    @Test
    void measuresTheWayInTheAskedDirection() {
        assertThat(SceneJudge.judge(CLIP, drawn(CLIP)).amount()).hasValueCloseTo(0.25, within(0.01));
        Scene.Clip asked = new Scene.Clip(Size.LARGE, Colour.CYAN, Shape.HEART, Motion.MOVING_DOWN, Background.NAVY);
        Agreement agreement = SceneJudge.judge(asked, drawn(CLIP));
        assertThat(agreement.amount()).hasValueCloseTo(-0.25, within(0.01));
        assertThat(agreement.wrong()).containsExactly(Aspect.DIRECTION, Aspect.AMOUNT);
    }

    @Test
    void noticesOneFrameThatDiffers() {
        List<BufferedImage> frames = new ArrayList<>(drawn(CLIP));
        frames.set(5, Pictures.object(Background.NAVY, Colour.CYAN, new Placed(Shape.CROSS, 0.2, 0.2, 0.21)));
        assertThat(SceneJudge.judge(CLIP, frames).wrong()).containsExactly(Aspect.CONSTANT);
    }

    @Test
    void knowsAnObjectThatTheBorderCuts() {
        for (Shape shape : Shape.values()) {
            Label label = new Label(Colour.ORANGE, shape);
            Placed object = new Placed(shape, 0.2, 0.5, 0.225);
            assertThat(SceneJudge.judge(
                                    new Scene.Labelled(label),
                                    List.of(Pictures.object(Background.GRAY, Colour.ORANGE, object)))
                            .seen())
                    .startsWith("a large " + label);
        }
    }

    @Test
    void seesNothingInNoise() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(SceneJudge.judge(ONE, List.of(Pictures.noise(seed))).seen())
                    .startsWith("no object");
        }
    }

    @Test
    void seesNothingInAFlatPicture() {
        for (Background background : Background.values()) {
            assertThat(SceneJudge.judge(ONE, List.of(Pictures.flat(background.rgb())))
                            .seen())
                    .isEqualTo("no object on " + Words.of("a", background, "background"));
        }
        for (Colour colour : Colour.values()) {
            assertThat(SceneJudge.judge(TWO, List.of(Pictures.flat(colour.rgb())))
                            .seen())
                    .isEqualTo("no object on an unknown background");
        }
    }

    @Test
    void aClipOfNothingIsWrongInEverything() {
        Agreement agreement = SceneJudge.judge(CLIP, List.of(Pictures.noise(1), Pictures.noise(2), Pictures.noise(3)));
        assertThat(agreement.wrong()).isEqualTo(agreement.aspects().keySet());
        assertThat(agreement.amount()).isEmpty();
    }

    @Test
    void refusesTheWrongNumberOfFrames() {
        assertThatThrownBy(() -> SceneJudge.judge(ONE, drawn(CLIP))).hasMessageContaining("frames are 8");
        assertThatThrownBy(() -> SceneJudge.judge(CLIP, drawn(ONE))).hasMessageContaining("frames are 1");
    }

    @Test
    void refusesAPictureThatIsNotSquare() {
        BufferedImage wide = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        assertThatThrownBy(() -> SceneJudge.judge(ONE, List.of(wide))).hasMessageContaining("64 by 32");
    }

    private static List<BufferedImage> drawn(Scene scene) {
        return new SceneRenderer(Pictures.random(1)).render(scene);
    }
}

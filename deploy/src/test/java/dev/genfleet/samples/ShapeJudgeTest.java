package dev.genfleet.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShapeJudgeTest {
    private static final int SIDE = ShapesWorld.SIDE;
    private static final List<Background> BACKGROUNDS = List.of(Background.values());

    @Test
    void knowsWhatWasDrawnAtAnySizeAndPlace() {
        assertThat(shareRight(320, Change.AS_DRAWN)).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void knowsWhatWasDrawnUnderBlurAndNoise() {
        assertThat(shareRight(320, Change.BLURRED_AND_NOISY)).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void reportsWhereTheObjectIs() {
        Placed drawn = new Placed(Shape.HEART, 0.31, 0.68, 0.2);
        Verdict verdict = ShapeJudge.judge(ShapesWorld.draw(Background.NAVY, Colour.ORANGE, drawn));
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Seen.class, seen -> {
            assertThat(seen.background()).isEqualTo(Background.NAVY);
            assertThat(seen.label()).hasToString("orange heart");
            assertThat(seen.best().overlap()).isGreaterThan(0.97);
            assertThat(seen.best().object().x()).isCloseTo(drawn.x(), within(0.01));
            assertThat(seen.best().object().y()).isCloseTo(drawn.y(), within(0.01));
            assertThat(seen.best().object().radius()).isCloseTo(drawn.radius(), within(0.01));
        });
    }

    @Test
    void refusesEveryOtherLabel() {
        BufferedImage picture =
                ShapesWorld.draw(Background.BROWN, Colour.CYAN, new Placed(Shape.STAR, 0.5, 0.5, ShapesWorld.LARGE));
        Verdict verdict = ShapeJudge.judge(picture);
        assertThat(Label.CLASSES.stream().filter(verdict::shows)).containsExactly(new Label(Colour.CYAN, Shape.STAR));
    }

    @Test
    void seesNothingInNoise() {
        RandomGenerator random = random(3);
        for (int i = 0; i < 20; i++) {
            int[] pixels = random.ints((long) SIDE * SIDE, 0, 0x1000000).toArray();
            assertThat(ShapeJudge.judge(picture(pixels))).isInstanceOf(Verdict.Nothing.class);
        }
    }

    @Test
    void seesNothingInABareBackground() {
        for (Background background : Background.values()) {
            int[] pixels = new int[SIDE * SIDE];
            Arrays.fill(pixels, background.rgb().pixel());
            assertThat(ShapeJudge.judge(picture(pixels))).isEqualTo(new Verdict.Nothing(background, 0));
        }
    }

    @Test
    void refusesAPictureThatIsNotSquare() {
        BufferedImage wide = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        assertThatThrownBy(() -> ShapeJudge.judge(wide)).hasMessageContaining("64 by 32");
    }

    /** Share of fresh drawings, each class equally often, that are judged right in background, colour and shape. */
    private static double shareRight(int count, Change change) {
        return IntStream.range(0, count)
                        .parallel()
                        .filter(i -> {
                            RandomGenerator random = random(i);
                            Label label = Label.CLASSES.get(i % Label.CLASSES.size());
                            Background background = BACKGROUNDS.get(random.nextInt(BACKGROUNDS.size()));
                            double radius = (random.nextBoolean() ? ShapesWorld.LARGE : ShapesWorld.SMALL)
                                    * random.nextDouble(0.92, 1.08);
                            Placed object = new Placed(
                                    label.shape(),
                                    random.nextDouble(0.26, 0.74),
                                    random.nextDouble(0.26, 0.74),
                                    radius);
                            Verdict verdict = ShapeJudge.judge(
                                    change.apply(ShapesWorld.draw(background, label.colour(), object), random));
                            return verdict.shows(label) && verdict.background() == background;
                        })
                        .count()
                / (double) count;
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static BufferedImage picture(int[] pixels) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, SIDE, SIDE, pixels, 0, SIDE);
        return picture;
    }

    private enum Change {
        AS_DRAWN {
            @Override
            BufferedImage apply(BufferedImage picture, RandomGenerator random) {
                return picture;
            }
        },
        BLURRED_AND_NOISY {
            @Override
            BufferedImage apply(BufferedImage picture, RandomGenerator random) {
                float[] weights = {1 / 16f, 2 / 16f, 1 / 16f, 2 / 16f, 4 / 16f, 2 / 16f, 1 / 16f, 2 / 16f, 1 / 16f};
                BufferedImage blurred =
                        new ConvolveOp(new Kernel(3, 3, weights), ConvolveOp.EDGE_NO_OP, null).filter(picture, null);
                int[] noisy = Arrays.stream(blurred.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE))
                        .map(pixel -> noisy(pixel >> 16, random) << 16
                                | noisy(pixel >> 8, random) << 8
                                | noisy(pixel, random))
                        .toArray();
                return picture(noisy);
            }
        };

        private static final double NOISE = 8;

        abstract BufferedImage apply(BufferedImage picture, RandomGenerator random);

        private static int noisy(int value, RandomGenerator random) {
            return (int) Math.clamp((value & 0xff) + NOISE * random.nextGaussian(), 0, 255);
        }
    }
}

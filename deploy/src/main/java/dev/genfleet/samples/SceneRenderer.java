package dev.genfleet.samples;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Draws scenes as the sample models saw them in training, each time a little different: sizes by ± 8 %, places by ± 3 % of the canvas. */
public final class SceneRenderer {
    private static final double PAIRED = 0.15; // radius of each of two objects, as a fraction of the canvas
    private static final double MIDDLE = 0.5;
    private static final double SIZE_SPREAD = 0.08; // of the radius
    private static final double PLACE_SPREAD = 0.03; // of the canvas

    private final RandomGenerator random;

    public SceneRenderer(RandomGenerator random) {
        this.random = random;
    }

    /** The frames of a clip, or one picture of anything else, {@link ShapesWorld#SIDE} pixels square, RGB. */
    public List<BufferedImage> render(Scene scene) {
        return switch (scene) {
            case Scene.OneObject one -> List.of(render(one));
            case Scene.TwoObjects two -> List.of(render(two));
            case Scene.Clip clip -> render(clip);
            case Scene.Labelled labelled -> List.of(render(labelled));
        };
    }

    private BufferedImage render(Scene.OneObject scene) {
        Placed object = near(
                scene.place().x(),
                scene.place().y(),
                scene.shape(),
                scene.size().radius());
        return picture(scene.background(), scene.colour(), object);
    }

    private BufferedImage render(Scene.TwoObjects scene) {
        Relation relation = scene.relation();
        double right = relation.right() * Relation.APART / 2;
        double down = relation.down() * Relation.APART / 2;
        Placed middle = near(MIDDLE, MIDDLE, scene.first().shape(), PAIRED);
        Placed first = middle.changed(-right, -down, 0);
        Placed second = new Placed(scene.second().shape(), middle.x() + right, middle.y() + down, middle.radius());
        BufferedImage picture = picture(scene.background(), scene.first().colour(), first);
        ShapesWorld.paint(picture, scene.second().colour(), second);
        return picture;
    }

    private List<BufferedImage> render(Scene.Clip scene) {
        Placed middle = near(MIDDLE, MIDDLE, scene.shape(), scene.size().radius());
        Displacement way = scene.motion().displacement();
        return IntStream.range(0, Scene.Clip.FRAMES)
                .mapToDouble(frame -> frame / (Scene.Clip.FRAMES - 1.0) - 0.5)
                .mapToObj(part -> middle.changed(part * way.right(), part * way.down(), 0))
                .map(object -> picture(scene.background(), scene.colour(), object))
                .toList();
    }

    private BufferedImage render(Scene.Labelled scene) {
        Background[] backgrounds = Background.values();
        Background background = backgrounds[random.nextInt(backgrounds.length)];
        Placed object = near(MIDDLE, MIDDLE, scene.label().shape(), Size.LARGE.radius());
        return picture(background, scene.label().colour(), object);
    }

    private static BufferedImage picture(Background background, Colour colour, Placed object) {
        BufferedImage picture = ShapesWorld.canvas(background);
        ShapesWorld.paint(picture, colour, object);
        return picture;
    }

    private Placed near(double x, double y, Shape shape, double radius) {
        return new Placed(
                shape,
                x + random.nextDouble(-PLACE_SPREAD, PLACE_SPREAD),
                y + random.nextDouble(-PLACE_SPREAD, PLACE_SPREAD),
                radius * random.nextDouble(1 - SIZE_SPREAD, 1 + SIZE_SPREAD));
    }
}

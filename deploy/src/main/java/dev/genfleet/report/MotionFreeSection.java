package dev.genfleet.report;

import dev.genfleet.samples.Agreement;
import dev.genfleet.samples.Aspect;
import dev.genfleet.samples.Motion;
import dev.genfleet.samples.Place;
import dev.genfleet.samples.Scene;
import dev.genfleet.samples.SceneJudge;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Clips of a model whose frames cannot see each other: each is a picture of its own, from noise of its own. */
final class MotionFreeSection implements Section {

    private static final String MODEL = SampleNames.VIDEO_NO_MOTION;
    private static final int CLIPS = 16;

    /** Fraction of the canvas by which the centre may differ. */
    private static final double APART = 0.03;

    @Override
    public String name() {
        return "motion-free";
    }

    @Override
    public Set<String> models() {
        return Set.of(MODEL);
    }

    @Override
    public Findings run(Plan plan, Studio studio) throws InterruptedException {
        Tally tally = new Tally(studio.all(
                "motion-free clips", plan.orders(MODEL, plan.scenes(SceneSet.CLIPS, CLIPS), Settings.USUAL)));
        List<Measure> measures = new ArrayList<>();
        measures.add(share(tally, "same background, colour, shape in all frames", MotionFreeSection::isConstant));
        measures.add(share(tally, "same words for all frames, size and place too", MotionFreeSection::hasSameWords));
        measures.add(share(tally, "centre within 3 % of the canvas", MotionFreeSection::staysInPlace));
        double[] decibels = tally.made().stream()
                .map(made -> made.work().frames())
                .flatMapToDouble(MotionFreeSection::decibels)
                .toArray();
        if (decibels.length > 0) {
            measures.add(Measure.of(
                    MODEL,
                    "clips",
                    "median PSNR of neighbouring frames",
                    new Value.Quantity(Median.of(decibels), 1, "dB")));
        }
        measures.addAll(tally.failures(MODEL, "clips"));
        return new Findings(
                "Motion-free",
                "The video model imported without attention between frames, so that all its predictions are motion-free:"
                        + " are the frames of a clip one and the same picture?",
                measures,
                List.of(),
                List.of(ContactSheet.of("motion-free clips", tally)));
    }

    private static Measure share(Tally tally, String name, Predicate<Outcome.Made> holds) {
        long right = tally.made().stream().filter(holds).count();
        return Measure.of(
                MODEL, "clips", name, new Value.Share(right, tally.outcomes().size()));
    }

    private static boolean isConstant(Outcome.Made made) {
        return made.right(Aspect.CONSTANT);
    }

    /** What is seen does not depend on what was asked for, so any place will do. */
    private static boolean hasSameWords(Outcome.Made made) {
        Scene.Clip clip = (Scene.Clip) made.order().scene();
        Scene still =
                new Scene.OneObject(clip.size(), clip.colour(), clip.shape(), Place.IN_THE_CENTER, clip.background());
        return made.work().frames().stream()
                        .map(frame -> SceneJudge.judge(still, List.of(frame)).seen())
                        .distinct()
                        .count()
                == 1;
    }

    /** As clips of two frames, the first and each other one, nothing moves. */
    private static boolean staysInPlace(Outcome.Made made) {
        Scene.Clip clip = (Scene.Clip) made.order().scene();
        Scene still =
                new Scene.Clip(clip.size(), clip.colour(), clip.shape(), Motion.STANDING_STILL, clip.background());
        List<BufferedImage> frames = made.work().frames();
        return frames.stream().skip(1).allMatch(frame -> {
            Agreement agreement = SceneJudge.judge(still, List.of(frames.getFirst(), frame));
            return agreement.amount().isPresent() && agreement.amount().getAsDouble() <= APART;
        });
    }

    private static DoubleStream decibels(List<BufferedImage> frames) {
        return IntStream.range(1, frames.size()).mapToDouble(i -> Psnr.decibels(frames.get(i - 1), frames.get(i)));
    }
}

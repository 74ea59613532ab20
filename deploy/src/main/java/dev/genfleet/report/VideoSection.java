package dev.genfleet.report;

import dev.genfleet.samples.Aspect;
import dev.genfleet.samples.Pace;
import dev.genfleet.samples.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Clips: whether things move as the caption says, and what the two guidance scales do. */
final class VideoSection implements Section {

    private static final String MODEL = SampleNames.VIDEO;
    private static final List<Double> MOTION_SCALES = List.of(0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.6);
    private static final List<Double> GUIDANCE_SCALES = List.of(1.0, 2.0, 4.0, 6.0, 7.5, 10.0);
    private static final int CLIPS_PER_POINT = 16;

    /** What the caption says of every single frame. */
    private static final Set<Aspect> TEXT = Set.of(Aspect.BACKGROUND, Aspect.COLOUR, Aspect.SHAPE);

    private static final Settings USUAL = SceneSet.CLIPS.settings();

    @Override
    public String name() {
        return "video";
    }

    @Override
    public Set<String> models() {
        return Set.of(MODEL);
    }

    @Override
    public Findings run(Plan plan, Studio studio) throws InterruptedException {
        Tally tally = new Tally(studio.all("clips", plan.orders(MODEL, plan.scenes(SceneSet.CLIPS), USUAL)));
        Sweep motion = Sweep.of(
                studio,
                "clips, motion guidance",
                MOTION_SCALES,
                scale -> plan.orders(MODEL, plan.movingClips(CLIPS_PER_POINT), Settings.USUAL.movedBy(scale)));
        Sweep guidance = Sweep.of(
                studio,
                "clips, guidance",
                GUIDANCE_SCALES,
                scale -> plan.orders(MODEL, plan.scenes(SceneSet.CLIPS, CLIPS_PER_POINT), USUAL.guidedBy(scale)));
        List<Measure> measures = new ArrayList<>(tally.measures(MODEL, SceneSet.CLIPS));
        measures.addAll(amounts(tally));
        measures.addAll(motion.measures(
                MODEL,
                "motion guidance scale",
                "mean amount ÷ asked",
                it -> new Value.Quantity(meanAmount(it), 2, "")));
        measures.addAll(
                guidance.measures(MODEL, "guidance scale", "background, colour and shape", it -> it.right(TEXT)));
        return new Findings(
                "Video",
                "Clips of eight frames, all at a motion guidance scale of 1. An amount is right within 8 % of the canvas:"
                        + " moving is half the canvas, drifting a quarter, standing still none. Then clips in which"
                        + " something moves at other motion guidance scales, and clips at other guidance scales.",
                measures,
                List.of(amounts(motion), accuracy(motion), text(guidance)),
                List.of(
                        ContactSheet.of("clips", tally),
                        ContactSheet.of(
                                "clips at a motion guidance scale of 1.6",
                                motion.tallies().getLast())));
    }

    private static Chart amounts(Sweep motion) {
        return new Chart(
                "How far things move against motion guidance",
                new Chart.Axis("motion guidance scale", 0.8, 1.6, 0.1),
                new Chart.Axis("mean amount ÷ amount asked for", 0, 2, 0.5),
                List.of(motion.series("amount ÷ asked", VideoSection::meanAmount)));
    }

    private static Chart accuracy(Sweep motion) {
        return new Chart(
                "Accuracy against motion guidance",
                new Chart.Axis("motion guidance scale", 0.8, 1.6, 0.1),
                Chart.Axis.percent("clips that are right"),
                List.of(
                        motion.percent("all right", Tally::allRight),
                        motion.percent("direction", it -> it.right(Aspect.DIRECTION)),
                        motion.percent("amount", it -> it.right(Aspect.AMOUNT))));
    }

    private static Chart text(Sweep guidance) {
        return new Chart(
                "Accuracy against guidance",
                new Chart.Axis("guidance scale", 1, 10, 1),
                Chart.Axis.percent("clips that are right"),
                List.of(
                        guidance.percent("background, colour, shape", it -> it.right(TEXT)),
                        guidance.percent("all right", Tally::allRight)));
    }

    /** Of clips in which something moves and an object is seen: how far it goes by how far it should; not a number if there are none. */
    static double meanAmount(Tally tally) {
        return tally.made().stream()
                .filter(made -> pace(made) != Pace.STANDING_STILL)
                .filter(made -> made.agreement().amount().isPresent())
                .mapToDouble(made ->
                        made.agreement().amount().getAsDouble() / pace(made).distance())
                .average()
                .orElse(Double.NaN);
    }

    private static Pace pace(Outcome outcome) {
        return ((Scene.Clip) outcome.order().scene()).motion().pace();
    }

    /** A row for each pace that clips were asked for. */
    private static List<Measure> amounts(Tally tally) {
        List<Measure> rows = new ArrayList<>();
        for (Pace pace : Pace.values()) {
            Tally own = new Tally(tally.outcomes().stream()
                    .filter(outcome -> pace(outcome) == pace)
                    .toList());
            if (!own.outcomes().isEmpty()) {
                rows.add(Measure.of(MODEL, "clips " + pace, "amount", own.right(Aspect.AMOUNT)));
            }
        }
        return rows;
    }
}

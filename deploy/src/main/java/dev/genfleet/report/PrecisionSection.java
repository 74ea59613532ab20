package dev.genfleet.report;

import dev.genfleet.samples.Scene;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Packages of smaller numbers against the one in 32-bit floats: equal specs, and how far the pictures differ. */
final class PrecisionSection implements Section {

    private static final String EXACT = SampleNames.GENTRON;
    private static final List<String> SMALLER = List.of(SampleNames.GENTRON_FP16, SampleNames.GENTRON_INT8);
    private static final int PICTURES = 50;

    /** A CPU multiplies half floats so slowly that a picture takes it many seconds. */
    private static final int PICTURES_IN_HALF_FLOATS = 16;

    @Override
    public String name() {
        return "precision";
    }

    @Override
    public Set<String> models() {
        return Set.of(EXACT, SampleNames.GENTRON_FP16, SampleNames.GENTRON_INT8);
    }

    @Override
    public Findings run(Plan plan, Studio studio) throws InterruptedException {
        List<Scene> scenes = plan.scenes(SceneSet.ONE_OBJECT, PICTURES);
        Tally exact = new Tally(studio.all("fp32", plan.orders(EXACT, scenes, Settings.USUAL)));
        List<Measure> measures = new ArrayList<>();
        List<ContactSheet> sheets = new ArrayList<>();
        measures.add(Measure.of(EXACT, "fp32", "all right", exact.allRight()));
        measures.addAll(exact.failures(EXACT, "fp32"));
        sheets.add(ContactSheet.of("fp32", exact));
        for (String model : SMALLER) {
            String precision = model.substring(EXACT.length() + 1);
            List<Scene> own = model.equals(SampleNames.GENTRON_FP16)
                    ? plan.scenes(SceneSet.ONE_OBJECT, PICTURES_IN_HALF_FLOATS)
                    : scenes;
            Tally tally = new Tally(studio.all(precision, plan.orders(model, own, Settings.USUAL)));
            measures.add(Measure.of(model, precision, "all right", tally.allRight()));
            double[] decibels = decibels(exact, tally);
            if (decibels.length > 0) {
                measures.add(Measure.of(
                        model, precision, "median PSNR to fp32", new Value.Quantity(Median.of(decibels), 1, "dB")));
                measures.add(Measure.of(
                        model,
                        precision,
                        "lowest PSNR to fp32",
                        new Value.Quantity(DoubleStream.of(decibels).min().orElseThrow(), 1, "dB")));
            }
            measures.addAll(tally.failures(model, precision));
            sheets.add(ContactSheet.of(precision, tally));
        }
        return new Findings(
                "Precision",
                "The same one-object captions and seeds by packages in half floats and 8-bit integers, against that in 32-bit"
                        + " floats.",
                measures,
                List.of(),
                sheets);
    }

    private static double[] decibels(Tally exact, Tally other) {
        return IntStream.range(0, other.outcomes().size())
                .filter(i -> exact.outcomes().get(i) instanceof Outcome.Made
                        && other.outcomes().get(i) instanceof Outcome.Made)
                .mapToDouble(i -> Psnr.decibels(picture(exact, i), picture(other, i)))
                .toArray();
    }

    private static BufferedImage picture(Tally tally, int index) {
        return ((Outcome.Made) tally.outcomes().get(index)).work().frames().getFirst();
    }
}

package dev.genfleet.report;

import dev.genfleet.samples.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The same captions by several samplers: what fewer steps cost, and what they save. */
final class SamplersSection implements Section {

    private static final String MODEL = SampleNames.GENTRON;
    private static final int PICTURES = 50;

    /** The slowest first: the others are compared with it. */
    private static final List<Settings.Sampling> SAMPLERS = List.of(
            new Settings.Sampling("ddpm", 250),
            new Settings.Sampling("ddim", 50),
            new Settings.Sampling("dpmpp_2m", 20));

    @Override
    public String name() {
        return "samplers";
    }

    @Override
    public Set<String> models() {
        return Set.of(MODEL);
    }

    @Override
    public Findings run(Plan plan, Studio studio) throws InterruptedException {
        List<Scene> scenes = plan.scenes(SceneSet.ONE_OBJECT, PICTURES);
        List<Measure> measures = new ArrayList<>();
        List<ContactSheet> sheets = new ArrayList<>();
        // A worker that has never served the model loads it now, and not while the first sampler is timed.
        studio.oneByOne("warm-up", plan.orders(MODEL, scenes.subList(0, 1), Settings.USUAL.sampledBy("dpmpp_2m", 20)));
        double first = Double.NaN;
        for (Settings.Sampling sampler : SAMPLERS) {
            String words = sampler.scheduler().toUpperCase(Locale.ROOT) + ", " + sampler.steps() + " steps";
            Settings settings = Settings.USUAL.sampledBy(sampler.scheduler(), sampler.steps());
            long begun = System.nanoTime();
            Tally tally = new Tally(studio.all(words, plan.orders(MODEL, scenes, settings)));
            double millis = (System.nanoTime() - begun) / 1e6 / scenes.size();
            first = Double.isNaN(first) ? millis : first;
            measures.add(Measure.of(MODEL, words, "all right", tally.allRight()));
            measures.add(Measure.of(MODEL, words, "time per picture", new Value.Quantity(millis, 0, "ms")));
            measures.add(Measure.of(MODEL, words, "times as fast", new Value.Quantity(first / millis, 1, "×")));
            measures.addAll(tally.failures(MODEL, words));
            sheets.add(ContactSheet.of(words, tally));
        }
        return new Findings(
                "Samplers",
                "The same one-object captions and seeds by three noise schedulers. Time is that of the whole fleet, from the"
                        + " first submission to the last judged picture, by the number of pictures.",
                measures,
                List.of(),
                sheets);
    }
}

package dev.genfleet.report;

import dev.genfleet.samples.Aspect;
import dev.genfleet.samples.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/** The classes of a class-conditional model, and what guidance does for them. */
final class ClassesSection implements Section {

    private static final List<Double> GUIDANCE =
            DoubleStream.of(1, 2, 3, 4, 5, 6, 7, 8).boxed().toList();

    private final String model;

    ClassesSection(String model) {
        this.model = model;
    }

    @Override
    public String name() {
        return "classes";
    }

    @Override
    public Set<String> models() {
        return Set.of(model);
    }

    @Override
    public Findings run(Plan plan, Studio studio) throws InterruptedException {
        List<Scene> scenes = plan.scenes(SceneSet.CLASSES);
        Tally tally = new Tally(studio.all(model, plan.orders(model, scenes, Settings.USUAL)));
        Sweep sweep = Sweep.of(
                studio,
                model + ", guidance",
                GUIDANCE,
                scale -> plan.orders(model, scenes, Settings.USUAL.guidedBy(scale)));
        List<Measure> measures = new ArrayList<>(tally.measures(model, SceneSet.CLASSES));
        measures.addAll(sweep.measures(model, "guidance scale", "all right", Tally::allRight));
        Chart chart = new Chart(
                model + ": accuracy against guidance",
                new Chart.Axis("guidance scale", 1, 8, 1),
                Chart.Axis.percent("pictures that are right"),
                List.of(
                        sweep.percent("all right", Tally::allRight),
                        sweep.percent("colour", it -> it.right(Aspect.COLOUR)),
                        sweep.percent("shape", it -> it.right(Aspect.SHAPE))));
        return new Findings(
                "Classes of " + model,
                "One picture of each class, with the model's own sampler and guidance; then the same with other guidance"
                        + " scales, of which 1 is none.",
                measures,
                List.of(chart),
                List.of(ContactSheet.of("classes of " + model, tally)));
    }
}

package dev.genfleet.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** The same jobs alone and in company: a picture must not depend on who else is being served. */
final class TogetherSection implements Section {

    private static final String MODEL = SampleNames.GENTRON;
    private static final int JOBS = 8;

    @Override
    public String name() {
        return "together";
    }

    @Override
    public Set<String> models() {
        return Set.of(MODEL);
    }

    @Override
    public Findings run(Plan plan, Studio studio) throws InterruptedException {
        List<Order> orders =
                plan.orders(MODEL, SceneSet.ONE_OBJECT.scenes(plan.heldOut(), plan.seed(), JOBS), Settings.USUAL);
        List<Outcome> alone = studio.oneByOne("one by one", orders);
        List<Outcome> together = studio.all("together", orders);
        long equal = IntStream.range(0, JOBS)
                .filter(i -> alone.get(i) instanceof Outcome.Made first
                        && together.get(i) instanceof Outcome.Made second
                        && first.work().hasSameBytesAs(second.work()))
                .count();
        String what = JOBS + " jobs";
        return new Findings(
                "Together",
                "Eight jobs one after the other, then the same eight at once: are the files the same, byte for byte?",
                List.of(
                        new Measure(
                                MODEL, what, "files identical", new Value.Answer(equal == JOBS), OptionalDouble.of(1)),
                        Measure.of(MODEL, what, "identical files", new Value.Share(equal, JOBS))),
                List.of(),
                List.of(new ContactSheet("one after the other", alone), new ContactSheet("all at once", together)));
    }
}

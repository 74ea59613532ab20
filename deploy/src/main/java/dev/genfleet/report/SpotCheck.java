package dev.genfleet.report;

import dev.genfleet.samples.HeldOut;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;

/** A few scenes through a fleet, judged, for those who want to know what is wrong and not how much. */
public final class SpotCheck {

    private final URI gateway;
    private final Plan plan;

    /**
     * A check.
     *
     * @param gateway of the fleet
     * @param seed draws the scenes and, counted up, their noise
     * @param heldOut what the models have not seen in training
     */
    public SpotCheck(URI gateway, long seed, HeldOut heldOut) {
        this.gateway = gateway;
        this.plan = new Plan(seed, OptionalInt.empty(), heldOut);
    }

    /** Has {@code count} scenes of a set made; returns a sentence for each that is not as it should be. */
    public List<String> wrong(String model, SceneSet set, int count) throws InterruptedException {
        List<Order> orders = plan.orders(model, set.scenes(plan.heldOut(), plan.seed(), count), set.settings());
        try (FleetClient fleet = new FleetClient(gateway);
                Studio studio = new Studio(fleet, ReportListener.silent())) {
            return studio.all(set.words(), orders).stream()
                    .filter(outcome -> !outcome.allRight())
                    .map(SpotCheck::sentence)
                    .toList();
        }
    }

    private static String sentence(Outcome outcome) {
        String asked = outcome.order().model() + " was asked for "
                + outcome.order().scene().caption() + ", ";
        return switch (outcome) {
            case Outcome.Made made ->
                asked + "the judge sees " + made.agreement().seen();
            case Outcome.Failed failed -> asked + failed.why();
        };
    }
}

package dev.genfleet.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Captions of what the model saw in training, and of what it has to compose. */
final class CaptionsSection implements Section {

    private static final List<SceneSet> SETS =
            List.of(SceneSet.ONE_OBJECT, SceneSet.UNSEEN_PAIRS, SceneSet.TWO_OBJECTS, SceneSet.UNSEEN_RELATIONS);

    @Override
    public String name() {
        return "captions";
    }

    @Override
    public Set<String> models() {
        return Set.of(SampleNames.GENTRON);
    }

    @Override
    public Findings run(Plan plan, Studio studio) throws InterruptedException {
        List<Measure> measures = new ArrayList<>();
        List<ContactSheet> sheets = new ArrayList<>();
        for (SceneSet set : SETS) {
            Tally tally = new Tally(
                    studio.all(set.words(), plan.orders(SampleNames.GENTRON, plan.scenes(set), set.settings())));
            measures.addAll(tally.measures(SampleNames.GENTRON, set));
            sheets.add(ContactSheet.of(set.words(), tally));
        }
        return new Findings(
                "Captions",
                "Pictures of captions, with the model's own sampler and guidance. Unseen pairs are colours of shapes, and"
                        + " unseen relations orders of two colours, that no caption of the training had.",
                measures,
                List.of(),
                sheets);
    }
}

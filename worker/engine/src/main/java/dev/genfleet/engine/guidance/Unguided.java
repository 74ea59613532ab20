package dev.genfleet.engine.guidance;

import java.util.List;

/** The conditional prediction alone. */
record Unguided() implements Guidance {

    static final Unguided ONLY = new Unguided();
    private static final List<Branch> BRANCHES = List.of(Branch.CONDITIONAL);

    @Override
    public List<Branch> branches() {
        return BRANCHES;
    }

    @Override
    public void combine(float[][] predictions, int cells) {
        // The one prediction is the result.
    }
}

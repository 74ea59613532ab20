package dev.genfleet.importer.scheduler;

import dev.genfleet.importer.checkpoint.CheckpointException;
import java.util.List;

/**
 * A field that would change pictures in a way that is not offered, and the one value that leaves them alone.
 *
 * @param field name
 * @param harmless the value; null counts as it
 */
record ConfigRule(String field, String harmless) {

    static final List<ConfigRule> ALL = List.of(
            new ConfigRule("thresholding", "false"),
            new ConfigRule("use_lu_lambdas", "false"),
            new ConfigRule("use_exponential_sigmas", "false"),
            new ConfigRule("use_beta_sigmas", "false"),
            new ConfigRule("lambda_min_clipped", "-Infinity"),
            new ConfigRule("interpolation_type", "linear"),
            new ConfigRule("timestep_type", "discrete"),
            new ConfigRule("sigma_min", "null"),
            new ConfigRule("sigma_max", "null"),
            new ConfigRule("predict_x0", "true"),
            new ConfigRule("solver_p", "null"),
            new ConfigRule("invert_sigmas", "false"),
            new ConfigRule("shift_terminal", "null"),
            new ConfigRule("stochastic_sampling", "false"),
            new ConfigRule("time_shift_type", "exponential"));

    void check(ConfigFields fields) throws CheckpointException {
        String given = fields.text(field).orElse(harmless);
        if (!given.equals(harmless)) {
            throw fields.refused(field, given, harmless + " is known");
        }
    }
}

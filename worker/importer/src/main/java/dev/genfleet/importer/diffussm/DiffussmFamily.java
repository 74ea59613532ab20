package dev.genfleet.importer.diffussm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.DenoiserFamily;

/** Recognises DiffuSSM checkpoints; the authors published none, so the keys are this project's own. */
public final class DiffussmFamily implements DenoiserFamily {

    public static final String NAME = "diffussm";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean claims(Checkpoint checkpoint, JsonNode config) {
        return checkpoint.find("blocks.0.ssm_fwd.log_dt").isPresent()
                && checkpoint.find("blocks.0.ssm_bwd.log_dt").isPresent();
    }

    /**
     * {@inheritDoc} Taken from {@code config} where given: {@code input_size} or {@code sample_size}, one number of latent cells
     * or height and width (32 otherwise), {@code num_classes}, and for captions {@code num_heads}.
     */
    @Override
    public DiffussmArchitecture read(Checkpoint checkpoint, JsonNode config) throws CheckpointException {
        return new DiffussmArchitecture(new DiffussmInference(checkpoint, config).shape());
    }
}

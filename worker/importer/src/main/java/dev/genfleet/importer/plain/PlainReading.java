package dev.genfleet.importer.plain;

import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import dev.genfleet.importer.autoencoder.EncoderArchitecture;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.diffussm.DiffussmArchitecture;
import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.gentron.GentronArchitecture;
import dev.genfleet.importer.latte.LatteArchitecture;
import dev.genfleet.importer.pixart.PixArtArchitecture;
import dev.genfleet.importer.text.ClipTextArchitecture;
import dev.genfleet.importer.text.T5Architecture;
import java.util.Map;

/** A checkpoint's forward pass, computed in 64-bit arithmetic straight from the formulas. Stateless, safe on any thread. */
public interface PlainReading {

    /**
     * Random inputs, small but typical, by the graph's names: two rows that differ in everything, captions of different lengths,
     * the trained size where no other is possible and a rectangular one otherwise. All are 32-bit floats or whole numbers.
     *
     * @param seed the same inputs come of the same one
     */
    Map<String, PlainTensor> inputs(long seed);

    /**
     * What the graph should put out for {@code inputs}, by the graph's names.
     *
     * @throws java.io.UncheckedIOException when the checkpoint cannot be read
     */
    Map<String, PlainTensor> outputs(Map<String, PlainTensor> inputs);

    /**
     * The reading of a checkpoint that was found to be whole.
     *
     * @throws CheckpointException when nobody wrote one for the architecture
     */
    static PlainReading of(Architecture architecture, Checkpoint checkpoint) throws CheckpointException {
        PlainWeights weights = new PlainWeights(checkpoint);
        return switch (architecture) {
            case DitArchitecture dit -> new DitReading(dit, weights);
            case GentronArchitecture gentron -> new GentronReading(gentron, weights);
            case PixArtArchitecture pixart -> new PixArtReading(pixart, weights);
            case LatteArchitecture latte -> new LatteReading(latte, weights);
            case DiffussmArchitecture diffussm -> new DiffussmReading(diffussm, weights);
            case DecoderArchitecture decoder -> new DecoderReading(decoder.shape(), weights);
            case EncoderArchitecture encoder -> new EncoderReading(encoder.shape(), weights);
            case ClipTextArchitecture clip -> new ClipTextReading(clip.shape(), weights);
            case T5Architecture t5 -> new T5Reading(t5.shape(), weights);
            default ->
                throw new CheckpointException(architecture.describe() + " of " + checkpoint.file()
                        + " has no plain reading, so its graph cannot be checked");
        };
    }
}

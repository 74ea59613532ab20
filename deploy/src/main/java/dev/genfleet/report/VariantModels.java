package dev.genfleet.report;

import dev.genfleet.importer.ArchitectureVariant;
import dev.genfleet.importer.AutoencoderHalves;
import dev.genfleet.importer.DecodeTiles;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.WeightPlacement;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.dit.DitArithmetic;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import dev.genfleet.local.SampleModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Packages that a report compares with the sample models: of smaller numbers, and without attention between frames. */
public final class VariantModels {

    private final Path samples;
    private final Path models;

    /**
     * Variants.
     *
     * @param samples folder of the sample models' checkpoints
     * @param models folder that gets the packages
     */
    public VariantModels(Path samples, Path models) {
        this.samples = samples;
        this.models = models;
    }

    /**
     * Imports those variants that are wanted and whose checkpoints are there.
     *
     * @param wanted names of models, of others too
     * @throws CheckpointException when a checkpoint cannot be imported
     * @throws IOException when a package cannot be written
     */
    public void install(Set<String> wanted) throws CheckpointException, IOException {
        ArchitectureVariant asStored = ArchitectureVariant.AS_STORED;
        install(wanted, SampleNames.GENTRON, SampleNames.GENTRON_INT8, asStored, Precision.INT8);
        install(wanted, SampleNames.GENTRON, SampleNames.GENTRON_FP16, asStored, Precision.FP16);
        ArchitectureVariant still =
                new ArchitectureVariant(Optional.empty(), ArchitectureVariant.Motion.NEVER, DitArithmetic.OFFICIAL);
        install(wanted, SampleNames.VIDEO, SampleNames.VIDEO_NO_MOTION, still, Precision.FP32);
    }

    private void install(
            Set<String> wanted, String sample, String name, ArchitectureVariant variant, Precision precision)
            throws CheckpointException, IOException {
        Path checkpoint = samples.resolve(sample);
        if (!wanted.contains(name) || !Files.isDirectory(checkpoint)) {
            return;
        }
        Files.createDirectories(models);
        ModelImporter.run(
                ImportRequest.of(checkpoint, samples.resolve(SampleModel.AUTOENCODER), models.resolve(name), name)
                        .with(new ImportOptions(
                                Optional.empty(),
                                variant,
                                new GraphForm(precision, Operators.FUSED),
                                WeightPlacement.LINK,
                                AutoencoderHalves.DECODER,
                                DecodeTiles.USUAL)));
    }
}

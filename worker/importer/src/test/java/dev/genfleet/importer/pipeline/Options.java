package dev.genfleet.importer.pipeline;

import dev.genfleet.importer.ArchitectureVariant;
import dev.genfleet.importer.AutoencoderHalves;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.WeightPlacement;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import java.util.Optional;

/** The usual options but for one. */
final class Options {

    private Options() {}

    static ImportOptions ofFamily(String name) {
        return new ImportOptions(
                Optional.of(name),
                ArchitectureVariant.AS_STORED,
                GraphForm.AS_WRITTEN,
                WeightPlacement.LINK,
                AutoencoderHalves.DECODER);
    }

    static ImportOptions in(Precision precision, Operators operators) {
        return new ImportOptions(
                Optional.empty(),
                ArchitectureVariant.AS_STORED,
                new GraphForm(precision, operators),
                WeightPlacement.LINK,
                AutoencoderHalves.DECODER);
    }

    static ImportOptions as(ArchitectureVariant variant) {
        return new ImportOptions(
                Optional.empty(), variant, GraphForm.AS_WRITTEN, WeightPlacement.LINK, AutoencoderHalves.DECODER);
    }
}

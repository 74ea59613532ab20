package dev.genfleet.importer.pipeline;

import dev.genfleet.importer.ArchitectureVariant;
import dev.genfleet.importer.AutoencoderHalves;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import java.util.Optional;

/** The usual options but for one. */
final class Options {

    private static final ImportOptions USUAL = ImportOptions.USUAL;

    private Options() {}

    static ImportOptions ofFamily(String name) {
        return of(Optional.of(name), USUAL.variant(), USUAL.form());
    }

    static ImportOptions in(Precision precision, Operators operators) {
        return of(USUAL.family(), USUAL.variant(), new GraphForm(precision, operators));
    }

    static ImportOptions as(ArchitectureVariant variant) {
        return of(USUAL.family(), variant, USUAL.form());
    }

    static ImportOptions withHalves(AutoencoderHalves halves) {
        return new ImportOptions(
                USUAL.family(), USUAL.variant(), USUAL.form(), USUAL.placement(), halves, USUAL.decodeTiles());
    }

    private static ImportOptions of(Optional<String> family, ArchitectureVariant variant, GraphForm form) {
        return new ImportOptions(family, variant, form, USUAL.placement(), USUAL.encoder(), USUAL.decodeTiles());
    }
}

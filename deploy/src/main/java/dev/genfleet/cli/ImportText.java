package dev.genfleet.cli;

import dev.genfleet.importer.ImportSummary;
import dev.genfleet.importer.inspect.PackageException;
import dev.genfleet.importer.inspect.PackageReport;
import dev.genfleet.importer.inspect.Quantity;
import dev.genfleet.importer.plain.GraphDifference;
import dev.genfleet.importer.precision.Precision;
import dev.genfleet.model.ModelManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Says what an import made. */
final class ImportText {

    private ImportText() {}

    static void print(ImportSummary made, PrintWriter out) throws IOException {
        ModelManifest manifest = made.manifest();
        out.printf(
                "%s: %s, family %s, %s, weights by %s%n",
                manifest.name(),
                made.configuration(),
                manifest.family(),
                made.precision(),
                made.placement().name().toLowerCase(Locale.ROOT));
        for (ImportSummary.Part part : made.parts()) {
            out.printf(
                    "  %-15s %10s parameters, %10s of weights  %s%n",
                    part.folder(), Quantity.of(part.parameters()), Quantity.bytes(part.weightBytes()), part.what());
        }
        for (ImportSummary.Part part : made.parts()) {
            for (GraphDifference difference : part.differences()) {
                out.printf(
                        "  checked %s: %s%s%n",
                        part.folder(),
                        difference.describe(),
                        difference.passes(precision(made, part)) ? "" : ", MORE THAN ROUNDING");
            }
        }
        out.printf("  %-15s %10s multiply-accumulates at %s%n", "one step", macs(made), sizes(manifest));
        manifest.video()
                .ifPresent(video ->
                        out.printf("  %-15s %d frames, at most %d%n", "videos", video.frames(), video.maxFrames()));
        manifest.latentDecoder()
                .tiling()
                .ifPresent(tiling -> out.printf(
                        "  %-15s of %2$dx%2$d latent cells, overlapping by %3$d, for pictures larger than one%n",
                        "decoded in tiles", tiling.size(), tiling.overlap()));
        out.println(manifest.digest());
        out.println(made.folder());
    }

    /** Whether no part differs from a plain reading by more than rounding. */
    static boolean passes(ImportSummary made) {
        return made.parts().stream().allMatch(part -> part.differences().stream()
                .allMatch(difference -> difference.passes(precision(made, part))));
    }

    private static Precision precision(ImportSummary made, ImportSummary.Part part) {
        return part.folder().startsWith("vae_") ? Precision.FP32 : Precision.parse(made.precision());
    }

    private static String macs(ImportSummary made) throws IOException {
        try {
            return PackageReport.of(made.folder())
                    .census(made.manifest().denoiser().file())
                    .map(census -> Quantity.of(census.macs().total()))
                    .orElse("uncounted");
        } catch (PackageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String sizes(ModelManifest manifest) {
        return manifest.sizes().getFirst()
                + manifest.openSizes()
                        .map(open -> " (any multiples of " + open.multiple() + " up to " + open.maxSide() + ")")
                        .orElse("");
    }
}

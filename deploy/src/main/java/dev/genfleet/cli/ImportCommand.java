package dev.genfleet.cli;

import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ImportSummary;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.WeightPlacement;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.local.StackFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns a published checkpoint into a model package. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a model package from a DiT checkpoint and an AutoencoderKL, both .safetensors, without Python.",
            "Without --out, the package goes into the models folder of the local stack (" + ImportCommand.FOLDER + ")."
        })
final class ImportCommand implements Callable<Integer> {

    static final String FOLDER = "GENFLEET_MODELS_DIR, else 'models' in GENFLEET_HOME";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CHECKPOINT",
            description = "The denoiser: a .safetensors file or a folder with one; config.json, labels.json,"
                    + " scheduler_config.json and generation_config.json beside it are read.")
    private Path checkpoint;

    @Option(
            names = "--vae",
            required = true,
            paramLabel = "PATH",
            description = "The AutoencoderKL: likewise, with its config.json.")
    private Path autoencoder;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What jobs call the model; the name of the package's folder when left out.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--pool",
            paramLabel = "POOL",
            defaultValue = ImportRequest.DEFAULT_POOL,
            description = "Class of device that is to serve it (default: ${DEFAULT-VALUE}).")
    private String pool;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the package; it must not exist yet.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--weights",
            paramLabel = "HOW",
            defaultValue = "LINK",
            description = "link (a hard link where possible) or copy (default: link).")
    private WeightPlacement weights;

    @Override
    public Integer call() throws CommandFailure {
        String model = name.or(() -> out.map(folder -> folder.getFileName().toString()))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "give the model a name with --name, or its package a folder with --out"));
        try {
            ImportSummary made = ModelImporter.run(new ImportRequest(
                    checkpoint, autoencoder, out.orElseGet(() -> models().resolve(model)), model, pool, weights));
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: %s, %.1f M parameters, decoder %.1f M, weights by %s%n%s%n%s%n",
                            made.name(),
                            made.configuration(),
                            made.denoiserParameters() / 1e6,
                            made.decoderParameters() / 1e6,
                            made.placement().name().toLowerCase(java.util.Locale.ROOT),
                            made.digest(),
                            made.folder());
            return 0;
        } catch (CheckpointException | IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure("the package could not be written: " + e, e);
        }
    }

    private static Path models() {
        return Optional.ofNullable(System.getenv("GENFLEET_MODELS_DIR"))
                .map(Path::of)
                .orElseGet(() -> StackFolder.home().models());
    }
}

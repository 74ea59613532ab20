package dev.genfleet.cli;

import dev.genfleet.check.OrtGraphRunner;
import dev.genfleet.importer.ArchitectureVariant;
import dev.genfleet.importer.AutoencoderHalves;
import dev.genfleet.importer.DecodeTiles;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ImportSources;
import dev.genfleet.importer.ImportSummary;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.WeightPlacement;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.dit.DitArithmetic;
import dev.genfleet.importer.family.Frames;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import dev.genfleet.local.StackFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
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
            "Writes a model package from checkpoints as published, without Python.",
            "Families: DiT, GenTron, DiffuSSM, PixArt, Latte; found out from the checkpoint's keys.",
            "Without --out, the package goes into the models folder of the local stack (" + ImportCommand.FOLDER + ")."
        })
final class ImportCommand implements Callable<Integer> {

    static final String FOLDER = "'models' in GENFLEET_HOME, usually ~/.genfleet/models";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CHECKPOINT",
            description = "The denoiser: a .safetensors, .pt or .bin file, a folder with one (also sharded), or a whole"
                    + " diffusers pipeline with model_index.json. config.json, labels.json, scheduler_config.json and"
                    + " generation_config.json beside the weights are read.")
    private Path checkpoint;

    @Option(
            names = "--vae",
            paramLabel = "PATH",
            description = "The AutoencoderKL, a file or folder; needed unless CHECKPOINT is a pipeline.")
    private Optional<Path> autoencoder = Optional.empty();

    @Option(
            names = "--text-encoder",
            paramLabel = "PATH",
            description = "A CLIP text or T5 encoder, a file or folder; once for each that the denoiser needs.")
    private List<Path> textEncoders = List.of();

    @Option(
            names = "--tokenizer",
            paramLabel = "DIR",
            description = "Folder of its tokenizer, in the same order; the encoder's own folder when left out.")
    private List<Path> tokenizers = List.of();

    @Option(names = "--family", paramLabel = "NAME", description = "The denoiser's family, where keys do not tell.")
    private Optional<String> family = Optional.empty();

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "fp32",
            description = "fp32, fp16 (for GPUs), int8 or int8-weight-only (for processors) (default: fp32).")
    private String precision;

    @Option(
            names = "--operators",
            paramLabel = "O",
            defaultValue = "fused",
            description = "fused, or plain for other runtimes than ONNX Runtime (default: fused).")
    private String operators;

    @Option(
            names = "--arithmetic",
            paramLabel = "A",
            defaultValue = "official",
            description = "DiT: official, or diffusers for its slightly different embedding (default: official).")
    private String arithmetic;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "GenTron: make a video model of N frames of an image model; its temporal layers are zero.")
    private Optional<Integer> frames = Optional.empty();

    @Option(names = "--no-motion", description = "GenTron: leave attention between frames out, which saves work.")
    private boolean noMotion;

    @Option(names = "--with-encoder", description = "Also write the autoencoder's encoder, into vae_encoder.")
    private boolean withEncoder;

    @Option(
            names = "--decode-tile",
            paramLabel = "N[:OVERLAP]",
            description =
                    "Decode latents of more cells than N x N in overlapping tiles of N cells a side, which takes less"
                            + " memory; none: every latent whole. When left out: 1024 pixels, where pictures of more than 1024x1024"
                            + " are possible.")
    private Optional<String> decodeTile = Optional.empty();

    @Option(
            names = "--check",
            description = "Compare every graph with a plain reading of its checkpoint on random input, and print the"
                    + " largest difference; takes a while for large models. Exit code 1 when it is more than rounding.")
    private boolean check;

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
        PrintWriter console = spec.commandLine().getOut();
        try {
            ImportRequest request = request();
            ImportProgress progress =
                    new ImportProgress(console, spec.commandLine().getErr());
            ImportSummary made = check
                    ? ModelImporter.check(request, progress, new OrtGraphRunner())
                    : ModelImporter.run(request, progress);
            progress.clear();
            ImportText.print(made, console);
            return ImportText.passes(made) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (CheckpointException | IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure("the package could not be written: " + e, e);
        }
    }

    private ImportRequest request() {
        String model = name.or(() -> out.map(folder -> folder.getFileName().toString()))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "give the model a name with --name, or its package a folder with --out"));
        ArchitectureVariant variant = new ArchitectureVariant(
                frames.map(count -> new Frames(count, count)),
                noMotion ? ArchitectureVariant.Motion.NEVER : ArchitectureVariant.Motion.PER_ROW,
                DitArithmetic.parse(arithmetic));
        return new ImportRequest(
                new ImportSources(checkpoint, autoencoder, textEncoders, tokenizers),
                out.orElseGet(() -> StackFolder.home().models().resolve(model)),
                model,
                pool,
                new ImportOptions(
                        family,
                        variant,
                        new GraphForm(Precision.parse(precision), Operators.parse(operators)),
                        weights,
                        withEncoder ? AutoencoderHalves.BOTH : AutoencoderHalves.DECODER,
                        decodeTile.map(DecodeTiles::parse).orElse(DecodeTiles.USUAL)));
    }
}

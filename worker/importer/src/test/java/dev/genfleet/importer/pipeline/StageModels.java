package dev.genfleet.importer.pipeline;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.onnx.OrtDevice;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.importer.DecodeTiles;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ImportSources;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Imported packages whose latent decoders are run by themselves. */
record StageModels(Path folder) {

    static final Path SAMPLE = Path.of("../../deploy/samples/shapes-vae");

    /** The autoencoders that decoders are tested with. */
    enum Autoencoder {
        /** Weights of the golden vectors. */
        GOLDEN,
        /** The one that the repository ships. */
        SAMPLE,
        /** Random weights, half as wide as Stable Diffusion's. */
        WIDE
    }

    /** A package with that autoencoder and those tiles. */
    ModelPackage importing(Autoencoder autoencoder, DecodeTiles tiles) throws Exception {
        Path root = Files.createTempDirectory(folder, "model");
        Path out = root.resolve("served");
        TinyPipeline pipeline = TinyPipeline.pixart(root.resolve("pipeline"));
        ImportSources sources =
                new ImportSources(pipeline.folder(), Optional.of(weights(autoencoder)), List.of(), List.of());
        ModelImporter.run(new ImportRequest(
                sources, out, "tiny", ImportRequest.DEFAULT_POOL, ImportOptions.USUAL.decoding(tiles)));
        return ModelPackage.load(out);
    }

    /** Its decoder on the processor. */
    static LatentDecoder decoder(ModelPackage model, int threads) throws Exception {
        return OrtDevice.open(new Device.Cpu(), 1, threads).latentDecoder(model);
    }

    private Path weights(Autoencoder autoencoder) throws Exception {
        return switch (autoencoder) {
            case GOLDEN -> Golden.path("vae_tiny/diffusion_pytorch_model.safetensors");
            case SAMPLE -> SAMPLE;
            case WIDE -> {
                Path wide = Files.createTempDirectory(folder, "wide");
                AutoencoderShape shape = new AutoencoderShape(
                        List.of(64, 128, 256, 256), 2, 32, 4, 0.18215, Set.of(AutoencoderShape.Part.values()));
                SavedAs.SAFETENSORS.save(
                        wide, "diffusion_pytorch_model", RandomWeights.of(new DecoderArchitecture(shape)));
                Files.writeString(
                        wide.resolve("config.json"),
                        "{\"_class_name\": \"AutoencoderKL\", \"norm_num_groups\": 32, \"scaling_factor\": 0.18215}");
                yield wide;
            }
        };
    }
}

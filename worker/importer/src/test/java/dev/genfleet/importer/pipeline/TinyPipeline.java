package dev.genfleet.importer.pipeline;

import dev.genfleet.importer.Golden;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ImportSources;
import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.pixart.MicroConditions;
import dev.genfleet.importer.pixart.PixArtArchitecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A whole pipeline of small networks as diffusers saves it. The denoisers and the autoencoder have the weights of golden vectors,
 * the text encoders random ones.
 *
 * @param folder with {@code model_index.json}
 */
record TinyPipeline(Path folder) {

    /** Width of the captions that the golden PixArt and Latte take. */
    static final int CAPTION_WIDTH = 32;

    /** Width of those that the wide PixArt takes. */
    static final int WIDE_CAPTIONS = 128;

    private static final String DIFFUSERS = "diffusion_pytorch_model";
    private static final String LINEAR_BETAS = """
            {"_class_name": "DPMSolverMultistepScheduler", "beta_start": 0.0001, "beta_end": 0.02, "beta_schedule": "linear",
             "num_train_timesteps": 1000, "prediction_type": "epsilon", "trained_betas": null, "solver_order": 2}""";

    /** As PixArt-Σ is published. */
    static TinyPipeline pixart(Path folder) throws Exception {
        return captions(folder, "PixArtSigmaPipeline", "PixArtTransformer2DModel", "pixart_tiny");
    }

    /** A random PixArt that is wide enough to be worth computing in 8 bits. */
    static TinyPipeline widePixart(Path folder) throws Exception {
        TinyPipeline pipeline = pixart(folder);
        AdaLnSingleShape shape = new AdaLnSingleShape(192, 2, 6, 2, 4, 8, 768, WIDE_CAPTIONS, 8, 1);
        Map<String, Tensor> weights =
                RandomWeights.of(new PixArtArchitecture(shape, MicroConditions.NONE, PixArtArchitecture.ALPHA_TOKENS));
        Path denoiser = pipeline.component("transformer");
        Files.delete(denoiser.resolve(DIFFUSERS + ".safetensors"));
        SavedAs.SAFETENSORS.save(denoiser, DIFFUSERS, weights);
        Files.writeString(
                denoiser.resolve("config.json"),
                "{\"_class_name\": \"PixArtTransformer2DModel\", \"num_attention_heads\": 6, \"sample_size\": 8}");
        Files.delete(pipeline.component("text_encoder/model.safetensors"));
        TinyText.t5(WIDE_CAPTIONS).saveEncoder(pipeline.component("text_encoder"), SavedAs.SAFETENSORS);
        return pipeline;
    }

    /** As Latte-1 is published. */
    static TinyPipeline latte(Path folder) throws Exception {
        return captions(folder, "LattePipeline", "LatteTransformer3DModel", "latte_tiny");
    }

    /** As facebook/DiT-XL-2-256 is published, with names of its classes in the index. */
    static TinyPipeline dit(Path folder) throws Exception {
        TinyPipeline pipeline = new TinyPipeline(folder);
        String labels = IntStream.range(0, 10)
                .mapToObj(i -> "\"" + i + "\": \"animal " + i + ", species " + i + "\"")
                .collect(Collectors.joining(", "));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("model_index.json"), """
                {"_class_name": "DiTPipeline", "_diffusers_version": "0.12.0", "id2label": {%s},
                 "scheduler": ["diffusers", "DDIMScheduler"], "transformer": ["diffusers", "Transformer2DModel"],
                 "vae": ["diffusers", "AutoencoderKL"]}""".formatted(labels));
        pipeline.copy("dit_tiny/diffusers", "transformer");
        pipeline.commonParts();
        return pipeline;
    }

    private static TinyPipeline captions(Path folder, String pipelineClass, String denoiserClass, String golden)
            throws Exception {
        TinyPipeline pipeline = new TinyPipeline(folder);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("model_index.json"), """
                {"_class_name": "%s", "_diffusers_version": "0.22.0", "feature_extractor": [null, null],
                 "scheduler": ["diffusers", "DPMSolverMultistepScheduler"], "text_encoder": ["transformers", "T5EncoderModel"],
                 "tokenizer": ["transformers", "T5Tokenizer"], "transformer": ["diffusers", "%s"],
                 "vae": ["diffusers", "AutoencoderKL"]}""".formatted(pipelineClass, denoiserClass));
        pipeline.copy(golden, "transformer");
        pipeline.commonParts();
        TinyText t5 = TinyText.t5(CAPTION_WIDTH);
        t5.saveEncoder(folder.resolve("text_encoder"), SavedAs.SAFETENSORS);
        t5.saveTokenizer(folder.resolve("tokenizer"));
        return pipeline;
    }

    private void commonParts() throws Exception {
        copy("vae_tiny", "vae");
        Files.writeString(
                Files.createDirectories(folder.resolve("scheduler")).resolve("scheduler_config.json"), LINEAR_BETAS);
    }

    private void copy(String golden, String component) throws Exception {
        Path target = Files.createDirectories(folder.resolve(component));
        for (String name : new String[] {"config.json", DIFFUSERS + ".safetensors"}) {
            Files.copy(Golden.path(golden + "/" + name), target.resolve(name));
        }
    }

    Path component(String name) {
        return folder.resolve(name);
    }

    /** The component's weights, saved in another form. */
    TinyPipeline resaved(String component, SavedAs form) throws Exception {
        String stem = component.startsWith("text_encoder") ? "model" : DIFFUSERS;
        Path file = component(component).resolve(stem + ".safetensors");
        Map<String, Tensor> tensors = tensors(file);
        Files.delete(file);
        form.save(component(component), stem, tensors);
        return this;
    }

    /** A checkpoint's tensors of 32-bit floats by key, to be changed. */
    static Map<String, Tensor> tensors(Path file) throws Exception {
        Golden golden = new Golden(Checkpoint.open(file));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (StoredTensor stored : golden.values().tensors()) {
            tensors.put(stored.name(), golden.tensor(stored.name()));
        }
        return tensors;
    }

    /** To import the whole, without any option. */
    ImportRequest request(Path out) {
        return new ImportRequest(
                new ImportSources(folder, Optional.empty(), List.of(), List.of()),
                out,
                "tiny",
                ImportRequest.DEFAULT_POOL,
                ImportOptions.USUAL);
    }
}

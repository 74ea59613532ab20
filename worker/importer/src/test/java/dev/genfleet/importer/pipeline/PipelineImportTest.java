package dev.genfleet.importer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.schedule.NoiseScheduler;
import dev.genfleet.importer.AutoencoderHalves;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ImportSources;
import dev.genfleet.importer.ImportSummary;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.WeightPlacement;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.model.PredictionType;
import dev.genfleet.model.VideoShape;
import dev.genfleet.sampling.Sampling;
import dev.genfleet.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pipeline as diffusers saves it becomes a package without any option. */
class PipelineImportTest {

    /** One forward against golden vectors: the rounding of 32-bit sums. */
    private static final double ROUNDING = 1e-5;

    @TempDir
    private Path folder;

    private Path models;

    @BeforeEach
    void makeModelsFolder() throws Exception {
        models = Files.createDirectory(folder.resolve("models"));
    }

    @Test
    void aCaptionPipelineBecomesAPackageWithItsTextEncoder() throws Exception {
        Path out = models.resolve("pixart");
        ImportSummary summary = ModelImporter.run(
                TinyPipeline.pixart(folder.resolve("pipeline")).request(out));

        ModelManifest manifest = manifest(out);
        assertThat(manifest.family()).isEqualTo("pixart");
        assertThat(manifest.files())
                .isEqualTo(PackageDigest.hashFiles(out))
                .containsKeys(
                        "transformer/model.onnx",
                        "text_encoder/model.onnx",
                        "tokenizer/tokenizer.json",
                        "vae_decoder/model.onnx",
                        "scheduler/scheduler_config.json");
        assertThat(manifest.conditioning()).isInstanceOfSatisfying(ModelConditioning.Captions.class, captions -> {
            assertThat(captions.nullText()).isEqualTo(ModelConditioning.NullText.EMPTY_CAPTION);
            assertThat(captions.textEncoders()).singleElement().satisfies(encoder -> {
                assertThat(encoder.tokens()).as("PixArt-Σ by its configuration").isEqualTo(300);
                assertThat(encoder.width()).isEqualTo(TinyPipeline.CAPTION_WIDTH);
                assertThat(encoder.attentionMask()).isPresent();
                assertThat(encoder.pooled()).isEmpty();
            });
        });
        assertThat(manifest.video()).isEmpty();
        assertThat(summary.parts())
                .extracting(ImportSummary.Part::folder)
                .containsExactly("transformer", "text_encoder", "vae_decoder");
        assertThat(summary.warnings()).isEmpty();
        assertThat(summary.placement()).isEqualTo(WeightPlacement.LINK);
        assertThat(pixart(out)
                        .distance(Golden.open("pixart_tiny/io.safetensors").tensor("out")))
                .isLessThan(ROUNDING);
    }

    @Test
    void thePipelinesSchedulerIsThePackages() throws Exception {
        TinyPipeline pipeline = TinyPipeline.pixart(folder.resolve("pipeline"));
        Files.writeString(
                pipeline.component("scheduler/scheduler_config.json"),
                "{\"_class_name\": \"DPMSolverMultistepScheduler\", \"beta_schedule\": \"linear\", \"solver_order\": 2,"
                        + " \"lambda_min_clipped\": -Infinity, \"variance_type\": \"learned_range\","
                        + " \"use_karras_sigmas\": true, \"made_by\": \"me\"}");
        Path out = models.resolve("pixart");
        ImportSummary summary = ModelImporter.run(pipeline.request(out));

        ModelManifest manifest = manifest(out);
        assertThat(manifest.defaults().sampler()).isEqualTo(new SamplerSpec(SamplerSpec.Scheduler.DPMPP_2M, 20, 0));
        assertThat(manifest.sampling()).map(Sampling::usualKarras).contains(true);
        assertThat(manifest.limits().schedulers())
                .hasSize(SamplerSpec.Scheduler.values().length - 1)
                .doesNotContain(SamplerSpec.Scheduler.FLOW_EULER);
        assertThat(summary.warnings()).singleElement().asString().contains("made_by 'me', which is not known");
        assertThat(NoiseScheduler.of(manifest, manifest.defaults().sampler()).timestep(1))
                .as("Karras' second level of 20 over linear betas lies elsewhere than linspace's 949")
                .isNotEqualTo(949f)
                .isLessThan(999f);
        assertThat(Files.readString(out.resolve("scheduler/scheduler_config.json")))
                .contains("\"use_karras_sigmas\" : true")
                .doesNotContain("Infinity");
    }

    @Test
    void aVelocityModelImportsAsOne() throws Exception {
        TinyPipeline pipeline = TinyPipeline.latte(folder.resolve("pipeline"));
        Files.writeString(
                pipeline.component("scheduler/scheduler_config.json"),
                "{\"_class_name\": \"DDIMScheduler\", \"beta_schedule\": \"scaled_linear\", \"beta_start\": 0.00085,"
                        + " \"beta_end\": 0.012, \"prediction_type\": \"v_prediction\", \"rescale_betas_zero_snr\": true,"
                        + " \"timestep_spacing\": \"trailing\", \"clip_sample\": false}");
        Path out = models.resolve("latte");
        ModelImporter.run(pipeline.request(out));

        ModelManifest manifest = manifest(out);
        assertThat(manifest.defaults().sampler()).isEqualTo(new SamplerSpec(SamplerSpec.Scheduler.DDIM, 50, 0));
        assertThat(manifest.noiseSchedule().predictionType()).isEqualTo(PredictionType.V_PREDICTION);
        assertThat(manifest.noiseSchedule().endsInNoise()).isTrue();
        assertThat(manifest.sampling()).map(Sampling::clipSampleRange).contains(Optional.empty());
        assertThat(NoiseScheduler.of(manifest, manifest.defaults().sampler()).timestep(1))
                .isEqualTo(979f);
    }

    @Test
    void namesOfClassesComeFromThePipelinesIndex() throws Exception {
        Path out = models.resolve("dit");
        ModelImporter.run(TinyPipeline.dit(folder.resolve("pipeline")).request(out));

        assertThat(manifest(out).labels())
                .hasSize(10)
                .startsWith("animal 0, species 0")
                .endsWith("animal 9, species 9");
        assertThat(manifest(out).nullClass()).contains(10);
        Golden io = Golden.open("dit_tiny/io.safetensors");
        Tensor prediction = run(
                out, Map.of("latents", io.tensor("x"), "timesteps", io.tensor("t"), "class_labels", io.tensor("y")));
        assertThat(prediction.distance(io.tensor("out"))).isLessThan(ROUNDING);
    }

    @Test
    void labelsBesideTheWeightsArePreferredToTheIndex() throws Exception {
        TinyPipeline pipeline = TinyPipeline.dit(folder.resolve("pipeline"));
        Files.writeString(
                pipeline.component("transformer").resolve("labels.json"),
                "[\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\", \"j\"]");
        ModelImporter.run(pipeline.request(models.resolve("dit")));
        assertThat(manifest(models.resolve("dit")).labels())
                .startsWith("a", "b")
                .hasSize(10);
    }

    @Test
    void aVideoPipelineKeepsItsFrames() throws Exception {
        Path out = models.resolve("latte");
        ModelImporter.run(TinyPipeline.latte(folder.resolve("pipeline")).request(out));

        assertThat(manifest(out).video()).map(VideoShape::frames).contains(4);
        Golden io = Golden.open("latte_tiny/io.safetensors");
        float[] everyToken = new float[10];
        Arrays.fill(everyToken, 1);
        Tensor prediction = run(
                out,
                Map.of(
                        "latents", io.tensor("x"),
                        "timesteps", io.tensor("t"),
                        "encoder_hidden_states", io.tensor("encoder_hidden_states"),
                        "encoder_attention_mask", new Tensor(everyToken, 2, 5)));
        assertThat(prediction.distance(io.tensor("out"))).isLessThan(ROUNDING);
    }

    @Test
    void partsNamedByHandGiveThePipelinesPackage() throws Exception {
        TinyPipeline pipeline = TinyPipeline.pixart(folder.resolve("pipeline"));
        ImportSummary whole = ModelImporter.run(pipeline.request(models.resolve("whole")));
        layTheSchedulerBesideTheDenoiser(pipeline);
        ImportSources parts = new ImportSources(
                pipeline.component("transformer"),
                Optional.of(pipeline.component("vae/diffusion_pytorch_model.safetensors")),
                List.of(pipeline.component("text_encoder")),
                List.of(pipeline.component("tokenizer")));
        ImportSummary named = ModelImporter.run(new ImportRequest(
                parts, models.resolve("named"), "tiny", ImportRequest.DEFAULT_POOL, ImportOptions.USUAL));

        assertThat(named.manifest()).isEqualTo(whole.manifest());
        assertThat(models.resolve("named/model.json")).hasSameBinaryContentAs(models.resolve("whole/model.json"));
    }

    @Test
    void aTokenizerMayLieBesideItsEncoder() throws Exception {
        TinyPipeline pipeline = TinyPipeline.pixart(folder.resolve("pipeline"));
        ImportSummary whole = ModelImporter.run(pipeline.request(models.resolve("whole")));
        layTheSchedulerBesideTheDenoiser(pipeline);
        Files.copy(pipeline.component("tokenizer/spiece.model"), pipeline.component("text_encoder/spiece.model"));
        ImportSources parts = new ImportSources(
                pipeline.component("transformer"),
                Optional.of(pipeline.component("vae")),
                List.of(pipeline.component("text_encoder")),
                List.of());
        ImportSummary named = ModelImporter.run(new ImportRequest(
                parts, models.resolve("named"), "tiny", ImportRequest.DEFAULT_POOL, ImportOptions.USUAL));
        assertThat(named.manifest()).isEqualTo(whole.manifest());
    }

    @Test
    void aPartNamedBesideAPipelineTakesItsPartsPlace() throws Exception {
        TinyPipeline pipeline = TinyPipeline.pixart(folder.resolve("pipeline"));
        Path other = folder.resolve("other");
        Files.createDirectory(other);
        Map<String, Tensor> weights =
                TinyPipeline.tensors(pipeline.component("vae/diffusion_pytorch_model.safetensors"));
        weights.replaceAll((key, tensor) -> tensor.times(0.5f));
        SavedAs.SAFETENSORS.save(other, "diffusion_pytorch_model", weights);
        Files.copy(pipeline.component("vae/config.json"), other.resolve("config.json"));
        ModelImporter.run(new ImportRequest(
                new ImportSources(pipeline.folder(), Optional.of(other), List.of(), List.of()),
                models.resolve("changed"),
                "tiny",
                ImportRequest.DEFAULT_POOL,
                ImportOptions.USUAL));
        assertThat(models.resolve("changed/vae_decoder/model.safetensors"))
                .hasSameBinaryContentAs(other.resolve("diffusion_pytorch_model.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHARDS", "TORCH"})
    void everyPublishedFormOfTheWeightsGivesTheSamePredictions(SavedAs form) throws Exception {
        TinyPipeline pipeline = TinyPipeline.pixart(folder.resolve("pipeline"));
        ModelImporter.run(pipeline.request(models.resolve("usual")));
        pipeline.resaved("transformer", form).resaved("text_encoder", form).resaved("vae", form);
        Path out = models.resolve("other");
        ModelImporter.run(pipeline.request(out));

        assertThat(pixart(out).values())
                .isEqualTo(pixart(models.resolve("usual")).values());
        assertThat(encoded(out).values())
                .isEqualTo(encoded(models.resolve("usual")).values());
        assertThat(decoded(out).values())
                .isEqualTo(decoded(models.resolve("usual")).values());
    }

    /** Half floats have 11 digits of binary, brain floats 8: predictions of order 1 lose as many. */
    @ParameterizedTest
    @CsvSource({"HALF_FLOATS, 5e-3", "BRAIN_FLOATS, 5e-2"})
    void weightsOfFewerDigitsAreReadWhereTheyLie(SavedAs form, double tolerance) throws Exception {
        TinyPipeline pipeline = TinyPipeline.pixart(folder.resolve("pipeline"))
                .resaved("transformer", form)
                .resaved("text_encoder", form)
                .resaved("vae", form);
        Path out = models.resolve("few");
        ImportSummary summary = ModelImporter.run(pipeline.request(out));

        assertThat(summary.precision()).isEqualTo("fp32");
        try (Stream<Path> weights = Files.list(pipeline.component("text_encoder"))) {
            Path stored = weights.filter(file -> file.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
            assertThat(out.resolve("text_encoder/model.safetensors")).hasSameBinaryContentAs(stored);
        }
        assertThat(pixart(out)
                        .distance(Golden.open("pixart_tiny/io.safetensors").tensor("out")))
                .isBetween(1e-6, tolerance);
    }

    @Test
    void theSameSourcesGiveTheSamePackageTwice() throws Exception {
        TinyPipeline pipeline = TinyPipeline.pixart(folder.resolve("pipeline"));
        ImportSummary first = ModelImporter.run(pipeline.request(models.resolve("first")));
        ImportSummary again = ModelImporter.run(pipeline.request(models.resolve("again")));
        assertThat(again.manifest()).isEqualTo(first.manifest());
        assertThat(models.resolve("again/model.json")).hasSameBinaryContentAs(models.resolve("first/model.json"));
    }

    @Test
    void weightsThatAreNoNumbersAreWarnedOf() throws Exception {
        TinyPipeline pipeline = TinyPipeline.pixart(folder.resolve("pipeline"));
        Path file = pipeline.component("text_encoder/model.safetensors");
        Map<String, Tensor> weights = TinyPipeline.tensors(file);
        String spoilt = "encoder.block.1.layer.1.DenseReluDense.wo.weight";
        weights.get(spoilt).values()[7] = Float.NaN;
        weights.get(spoilt).values()[8] = Float.NEGATIVE_INFINITY;
        Files.delete(file);
        SavedAs.SAFETENSORS.save(file.getParent(), "model", weights);

        ImportSummary summary = ModelImporter.run(pipeline.request(models.resolve("odd")));
        assertThat(summary.warnings())
                .containsExactly(file + " holds weights that are no finite numbers: " + spoilt
                        + " (1 NaN, 1 infinite); its pictures are likely to fail");
    }

    @Test
    void theAutoencodersEncoderIsWrittenOnRequestAndWarnsOnce() throws Exception {
        TinyPipeline pipeline = TinyPipeline.pixart(folder.resolve("pipeline"));
        Path file = pipeline.component("vae/diffusion_pytorch_model.safetensors");
        Map<String, Tensor> weights = TinyPipeline.tensors(file);
        weights.get("decoder.conv_out.bias").values()[0] = Float.NaN;
        Files.delete(file);
        SavedAs.SAFETENSORS.save(file.getParent(), "diffusion_pytorch_model", weights);

        Path out = models.resolve("both");
        ImportSummary summary =
                ModelImporter.run(pipeline.request(out).with(Options.withHalves(AutoencoderHalves.BOTH)));

        assertThat(summary.parts())
                .extracting(ImportSummary.Part::folder)
                .containsExactly("transformer", "text_encoder", "vae_encoder", "vae_decoder");
        assertThat(summary.warnings()).hasSize(1);
        Golden io = Golden.open("vae_tiny/io.safetensors");
        try (OrtGraph encoder = new OrtGraph(out.resolve("vae_encoder/model.onnx"))) {
            Tensor mean = encoder.runAll(Map.of("pixels", io.tensor("image"))).get("mean");
            assertThat(mean.distance(io.tensor("enc_mean"))).isLessThan(ROUNDING);
        }
    }

    /** A denoiser alone has no scheduler folder. */
    private static void layTheSchedulerBesideTheDenoiser(TinyPipeline pipeline) throws Exception {
        Files.copy(
                pipeline.component("scheduler/scheduler_config.json"),
                pipeline.component("transformer/scheduler_config.json"));
    }

    static Tensor pixart(Path model) throws Exception {
        Golden io = Golden.open("pixart_tiny/io.safetensors");
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put("latents", io.tensor("x"));
        inputs.put("timesteps", io.tensor("t"));
        inputs.put("encoder_hidden_states", io.tensor("encoder_hidden_states"));
        inputs.put("encoder_attention_mask", io.tensor("encoder_attention_mask"));
        return run(model, inputs);
    }

    static Tensor encoded(Path model) throws Exception {
        Tensor ids = new Tensor(new float[] {3, 41, 59, 26, 53, 1, 0, 0}, 1, 8);
        Tensor mask = new Tensor(new float[] {1, 1, 1, 1, 1, 1, 0, 0}, 1, 8);
        try (OrtGraph graph = new OrtGraph(model.resolve("text_encoder/model.onnx"))) {
            return graph.run(Map.of("input_ids", ids, "attention_mask", mask));
        }
    }

    private static Tensor decoded(Path model) throws Exception {
        try (OrtGraph graph = new OrtGraph(model.resolve("vae_decoder/model.onnx"))) {
            return graph.run(
                    Map.of("latents", Golden.open("vae_tiny/io.safetensors").tensor("latent")));
        }
    }

    private static Tensor run(Path model, Map<String, Tensor> inputs) throws Exception {
        try (OrtGraph graph = new OrtGraph(model.resolve("transformer/model.onnx"))) {
            return graph.run(inputs);
        }
    }

    private static ModelManifest manifest(Path model) throws Exception {
        return Json.read(Files.readAllBytes(model.resolve("model.json")), ModelManifest.class);
    }
}

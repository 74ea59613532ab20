package dev.genfleet.importer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.genfleet.importer.KeyLists;
import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.autoencoder.AutoencoderShape.Part;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoencoderInferenceTest {

    private static final AutoencoderShape SMALL = new AutoencoderShape(
            List.of(32, 64, 96), 3, 32, 8, AutoencoderShape.STABLE_DIFFUSION_SCALING, Set.of(Part.values()));

    @TempDir
    private Path folder;

    /** Every tensor of Stable Diffusion's file belongs to exactly one half, which the other leaves out. */
    @Test
    void takesEveryPublishedTensorExactlyOnce() throws Exception {
        AutoencoderShape shape = AutoencoderShape.stableDiffusion(AutoencoderShape.STABLE_DIFFUSION_SCALING);
        EncoderArchitecture encoder = new EncoderArchitecture(shape);
        DecoderArchitecture decoder = new DecoderArchitecture(shape);
        Map<String, List<Long>> encoded = KeyLists.of(Emission.keys(encoder));
        Map<String, List<Long>> decoded = KeyLists.of(Emission.keys(decoder));

        assertThat(encoded.keySet())
                .doesNotContainAnyElementsOf(decoded.keySet())
                .allMatch(decoder::leavesOut);
        assertThat(decoded.keySet()).allMatch(encoder::leavesOut).noneMatch(decoder::leavesOut);
        assertThat(encoded.keySet()).noneMatch(encoder::leavesOut);
        Map<String, List<Long>> both = new HashMap<>(encoded);
        both.putAll(decoded);
        assertThat(both).isEqualTo(KeyLists.published("sd_vae_keys.json"));
        assertThat(Emission.blueprint(encoder).parameters()
                        + Emission.blueprint(decoder).parameters())
                .isEqualTo(83_653_863);
    }

    @Test
    void readsEveryDimensionOffTheShapesWithoutAConfiguration() throws Exception {
        Map<String, Tensor> decoder = RandomWeights.of(new DecoderArchitecture(SMALL));
        Map<String, Tensor> encoder = RandomWeights.of(new EncoderArchitecture(SMALL));
        Map<String, Tensor> both = new HashMap<>(decoder);
        both.putAll(encoder);

        assertThat(AutoencoderShape.of(MissingNode.getInstance(), checkpoint(both)))
                .isEqualTo(SMALL);
        AutoencoderShape decoderAlone = AutoencoderShape.of(MissingNode.getInstance(), checkpoint(decoder));
        assertThat(decoderAlone.channels()).isEqualTo(SMALL.channels());
        assertThat(decoderAlone.layers()).isEqualTo(SMALL.layers());
        assertThat(decoderAlone.parts()).containsExactlyInAnyOrder(Part.MID_ATTENTION, Part.POST_QUANT_CONV);
        Emission.graph(new DecoderArchitecture(decoderAlone), checkpoint(decoder));
        AutoencoderShape encoderAlone = AutoencoderShape.of(MissingNode.getInstance(), checkpoint(encoder));
        assertThat(encoderAlone.latentChannels()).isEqualTo(8);
        Emission.graph(new EncoderArchitecture(encoderAlone), checkpoint(encoder));
    }

    @Test
    void takesTheScalingOfTheConfiguration() throws Exception {
        JsonNode config = new JsonMapper().readTree("{\"scaling_factor\": 0.13025, \"shift_factor\": null}");
        assertThat(AutoencoderShape.of(config, tiny()).scalingFactor())
                .isEqualTo(AutoencoderShape.STABLE_DIFFUSION_XL_SCALING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"shift_factor\": 0.1159} | shift_factor in config.json beside",
                "{\"latents_mean\": [0.1]} | only autoencoders without one are known",
                "{\"act_fn\": \"relu\"} | must be silu",
                "{\"block_out_channels\": 5} | must be one to 8 whole numbers",
                "{\"block_out_channels\": []} | must be one to 8 whole numbers",
                "{\"block_out_channels\": [32, -1]} | must be one to 8 whole numbers",
                "{\"block_out_channels\": [32, 33]} | must be multiples of norm_num_groups, 32",
                "{\"use_quant_conv\": 1} | must be true or false",
                "{\"scaling_factor\": -1} | must be positive",
                "{\"scaling_factor\": \"much\"} | must be positive",
                "{\"layers_per_block\": 1000000} | must be a whole number from 1 to 1024",
            })
    void refusesFieldsWithoutAMeaning(String config, String sentence) {
        assertThatThrownBy(() -> AutoencoderShape.of(new JsonMapper().readTree(config), tiny()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void namesTheConvolutionThatTheConfigurationDenies() throws Exception {
        JsonNode config = new JsonMapper().readTree("{\"use_quant_conv\": false}");
        Checkpoint checkpoint = tiny();
        EncoderArchitecture encoder = new EncoderArchitecture(AutoencoderShape.of(config, checkpoint));
        assertThatThrownBy(() -> Emission.graph(encoder, checkpoint))
                .hasMessageContaining("not part of the model: quant_conv.bias, quant_conv.weight");
    }

    @Test
    void refusesAnotherLayout() {
        assertThatThrownBy(() -> AutoencoderShape.of(
                        MissingNode.getInstance(),
                        checkpoint(Map.of("decoder.up.0.block.0.conv1.weight", RandomWeights.normal(4, 4)))))
                .hasMessageContaining("is not an AutoencoderKL in the layout of diffusers");
    }

    private Checkpoint tiny() throws Exception {
        AutoencoderShape shape = new AutoencoderShape(List.of(32), 1, 32, 4, 1, Set.of(Part.values()));
        return checkpoint(RandomWeights.of(new EncoderArchitecture(shape)));
    }

    private Checkpoint checkpoint(Map<String, Tensor> weights) throws Exception {
        Path file = Files.createTempDirectory(folder, "autoencoder").resolve("model.safetensors");
        return Safetensors.open(SafetensorsWriter.write(file, weights, DataType.F32));
    }
}

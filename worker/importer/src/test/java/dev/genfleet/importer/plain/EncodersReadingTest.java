package dev.genfleet.importer.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.Golden;
import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import dev.genfleet.importer.autoencoder.EncoderArchitecture;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.text.ClipTextArchitecture;
import dev.genfleet.importer.text.ClipTextShape.Hidden;
import dev.genfleet.importer.text.TextEncoders;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain readings of autoencoders and text encoders against the numbers of diffusers and transformers, no graph between. */
class EncodersReadingTest {

    private static final double ROUNDING = 5e-6;

    @Test
    void decodesAsTheReference() throws Exception {
        Checkpoint checkpoint = Numbers.checkpoint("vae_tiny/diffusion_pytorch_model.safetensors");
        AutoencoderShape shape = AutoencoderShape.of(Numbers.json("vae_tiny/config.json"), checkpoint);
        Golden io = Golden.open("vae_tiny/io.safetensors");
        PlainTensor latents = Numbers.of(io.tensor("latent")).map(x -> x / shape.scalingFactor());
        Map<String, PlainTensor> out =
                Numbers.read(new DecoderArchitecture(shape), checkpoint, Map.of("latents", latents));
        assertThat(Numbers.distance(out.get("pixels"), Numbers.of(io.tensor("decoded"))))
                .isLessThan(ROUNDING);
    }

    @Test
    void encodesAsTheReference() throws Exception {
        Checkpoint checkpoint = Numbers.checkpoint("vae_tiny/diffusion_pytorch_model.safetensors");
        AutoencoderShape shape = AutoencoderShape.of(Numbers.json("vae_tiny/config.json"), checkpoint);
        Golden io = Golden.open("vae_tiny/io.safetensors");
        Map<String, PlainTensor> out = Numbers.read(
                new EncoderArchitecture(shape), checkpoint, Map.of("pixels", Numbers.of(io.tensor("image"))));
        assertThat(Numbers.distance(out.get("mean"), Numbers.of(io.tensor("enc_mean"))))
                .isLessThan(ROUNDING);
        assertThat(Numbers.distance(out.get("logvar"), Numbers.of(io.tensor("enc_logvar"))))
                .isLessThan(ROUNDING);
    }

    @Test
    void clipEqualsTheReference() throws Exception {
        Checkpoint checkpoint = Numbers.checkpoint("clip_text_tiny/model.safetensors");
        Golden io = Golden.open("clip_text_tiny/io.safetensors");
        Map<String, PlainTensor> out = Numbers.read(
                TextEncoders.read(checkpoint, Numbers.json("clip_text_tiny/config.json")),
                checkpoint,
                Map.of("input_ids", Numbers.of(io.tensor("input_ids"))));
        assertThat(Numbers.distance(out.get("last_hidden_state"), Numbers.of(io.tensor("last_hidden_state"))))
                .isLessThan(ROUNDING);
        assertThat(Numbers.distance(out.get("pooler_output"), Numbers.of(io.tensor("pooler_output"))))
                .isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"LAST, last_hidden_state", "PENULTIMATE, penultimate", "PENULTIMATE_NORMALISED, penultimate_normalised"
    })
    void clipEqualsTheReferenceWithAProjectionAndEveryLayer(Hidden hidden, String expected) throws Exception {
        Checkpoint checkpoint = Numbers.checkpoint("clip_text_projected/model.safetensors");
        ClipTextArchitecture read =
                (ClipTextArchitecture) TextEncoders.read(checkpoint, Numbers.json("clip_text_projected/config.json"));
        Golden io = Golden.open("clip_text_projected/io.safetensors");
        Map<String, PlainTensor> out = Numbers.read(
                new ClipTextArchitecture(read.shape().taking(hidden)),
                checkpoint,
                Map.of("input_ids", Numbers.of(io.tensor("input_ids"))));
        assertThat(Numbers.distance(out.get("last_hidden_state"), Numbers.of(io.tensor(expected))))
                .isLessThan(ROUNDING);
        assertThat(Numbers.distance(out.get("pooler_output"), Numbers.of(io.tensor("text_embeds"))))
                .isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t5_encoder_tiny", "t5_encoder_relu"})
    void t5EqualsTheReferenceGatedAndPlain(String folder) throws Exception {
        Checkpoint checkpoint = Numbers.checkpoint(folder + "/model.safetensors");
        Golden io = Golden.open(folder + "/io.safetensors");
        Map<String, PlainTensor> out = Numbers.read(
                TextEncoders.read(checkpoint, Numbers.json(folder + "/config.json")),
                checkpoint,
                Map.of(
                        "input_ids", Numbers.of(io.tensor("input_ids")),
                        "attention_mask", Numbers.of(io.tensor("attention_mask"))));
        assertThat(Numbers.distance(out.get("last_hidden_state"), Numbers.of(io.tensor("last_hidden_state"))))
                .isLessThan(ROUNDING);
    }
}

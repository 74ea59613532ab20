package dev.genfleet.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.model.DecodeTiling;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModelManifestSchemaTest {

    @Test
    void theGoldenManifestIsValidAndRead() throws Exception {
        String golden = golden("model.json");
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaCatalog.schemaOf(SchemaCatalog.MODEL_MANIFEST))
                        .validate(golden, InputFormat.JSON))
                .isEmpty();
        ModelManifest manifest = Json.read(golden.getBytes(StandardCharsets.UTF_8), ModelManifest.class);
        assertThat(manifest.label(1)).contains("red square");
        assertThat(manifest.label(2)).isEmpty();
        assertThat(manifest.latentShape(new ImageSize(64, 64))).isEqualTo(new LatentShape(4, 8, 8));
        assertThat(Json.read(Json.write(manifest), ModelManifest.class)).isEqualTo(manifest);
    }

    @Test
    void theGoldenManifestOfACaptionModelIsValidReadAndWrittenAlike() throws Exception {
        String golden = golden("caption-model.json");
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaCatalog.schemaOf(SchemaCatalog.MODEL_MANIFEST))
                        .validate(golden, InputFormat.JSON))
                .isEmpty();
        ModelManifest manifest = Json.read(golden.getBytes(StandardCharsets.UTF_8), ModelManifest.class);
        assertThat(manifest.labels()).isEmpty();
        assertThat(manifest.makes(new ImageSize(48, 512))).isTrue();
        assertThat(manifest.makes(new ImageSize(48, 520))).isFalse();
        assertThat(manifest.denoiser().inputs())
                .contains("encoder_hidden_states_2", "pooled_projections", "motion")
                .doesNotContain("class_labels");
        assertThat(new String(Json.write(manifest), StandardCharsets.UTF_8)).isEqualTo(golden.strip());
    }

    @Test
    void aDecoderSaysWhetherItWorksInTiles() throws Exception {
        String whole = golden("caption-model.json");
        assertThat(Json.read(whole.getBytes(StandardCharsets.UTF_8), ModelManifest.class)
                        .latentDecoder()
                        .tiling())
                .isEmpty();
        String tiled = whole.replace(
                "\"output\":\"pixels\"}", "\"output\":\"pixels\",\"tiling\":{\"size\":64,\"overlap\":16}}");
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaCatalog.schemaOf(SchemaCatalog.MODEL_MANIFEST))
                        .validate(tiled, InputFormat.JSON))
                .isEmpty();
        ModelManifest manifest = Json.read(tiled.getBytes(StandardCharsets.UTF_8), ModelManifest.class);
        DecodeTiling tiling = manifest.latentDecoder().tiling().orElseThrow();
        assertThat(tiling).isEqualTo(new DecodeTiling(64, 16));
        assertThat(tiling.appliesTo(new LatentShape(4, 32, 128))).isFalse();
        assertThat(tiling.appliesTo(new LatentShape(4, 32, 129))).isTrue();
        assertThat(new String(Json.write(manifest), StandardCharsets.UTF_8)).isEqualTo(tiled.strip());
        String swallowed = tiled.replace("\"overlap\":16", "\"overlap\":33");
        assertThatThrownBy(() -> Json.read(swallowed.getBytes(StandardCharsets.UTF_8), ModelManifest.class))
                .hasMessageContaining("latent_decoder.tiling of model.json has size 64 and overlap 33");
    }

    @Test
    void motionFreeGuidanceNeedsAnInputForMotion() throws Exception {
        String guided = golden("caption-model.json")
                .replace(
                        "{\"kind\":\"cfg_three_channel\",\"scale\":4.0}",
                        "{\"kind\":\"motion_free\",\"scale\":7.5,\"motion_scale\":1.2}");
        ModelManifest manifest = Json.read(guided.getBytes(StandardCharsets.UTF_8), ModelManifest.class);
        assertThat(manifest.defaults().guidance()).isEqualTo(GuidanceSpec.motionFree(7.5, 1.2));
        assertThat(manifest.latentShape(new ImageSize(64, 32), 16)).isEqualTo(new LatentShape(4, 16, 4, 8));

        String motionless = guided.replace("\"motion\":\"motion\",", "");
        assertThatThrownBy(() -> Json.read(motionless.getBytes(StandardCharsets.UTF_8), ModelManifest.class))
                .hasMessageContaining("is motion_free, but denoiser.motion is missing");
        String scaleless = guided.replace(",\"motion_scale\":1.2", "");
        assertThatThrownBy(() -> Json.read(scaleless.getBytes(StandardCharsets.UTF_8), ModelManifest.class))
                .hasMessageContaining("motion_guidance_scale is missing");
    }

    @Test
    void aCaptionModelWithoutTextInputsIsRefused() throws Exception {
        String golden = golden("caption-model.json").replace("\"text\":", "\"texts\":");
        assertThatThrownBy(() -> Json.read(golden.getBytes(StandardCharsets.UTF_8), ModelManifest.class))
                .hasMessageContaining(
                        "denoiser.text of model.json of clips has 0 entries, but there are 2 text encoders");
    }

    @Test
    void aMissingFieldIsNamed() throws Exception {
        String golden = golden("model.json").replace("\"pool\"", "\"pond\"");
        assertThatThrownBy(() -> Json.read(golden.getBytes(StandardCharsets.UTF_8), ModelManifest.class))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("pool is missing in model.json");
    }

    @Test
    void aManifestOfANewerFormIsNotMisread() throws Exception {
        String golden = golden("model.json").replace("\"format\":1", "\"format\":2");
        assertThatThrownBy(() -> Json.read(golden.getBytes(StandardCharsets.UTF_8), ModelManifest.class))
                .hasMessageContaining("format of model.json is 2, but this program reads 1 to 1");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = ModelManifestSchemaTest.class.getResourceAsStream("/golden/v1/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

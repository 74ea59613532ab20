package dev.genfleet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.SchemaCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RgbFactorsTest {

    private static final String FACTORS =
            ",\"rgb_factors\":{\"weights\":[[0.5,0.0,0.25],[0.0,0.0,0.0],[0.0,0.0,0.0],[0.0,1.0,0.0]],\"bias\":[0.1,0.0,-0.1]}";

    @Test
    void aManifestMaySayTheColoursOfLatents() throws Exception {
        ModelManifest without = read("");
        ModelManifest with = read(FACTORS);
        assertThat(without.hasPreviews()).isFalse();
        assertThat(with.hasPreviews()).isTrue();
        assertThat(read(",\"quick_decoding\":true").hasPreviews()).isTrue();
        float[] cell = {1, 7, 7, -2};
        RgbFactors factors = with.latent().rgbFactors().orElseThrow();
        assertThat(List.of(factors.colour(0, cell), factors.colour(1, cell), factors.colour(2, cell)))
                .containsExactly(0.6f, -2f, 0.15f);
        assertThat(Json.read(Json.write(with), ModelManifest.class)).isEqualTo(with);
    }

    @Test
    void whatAManifestDoesNotSayLeavesItsDigestAsItWas() throws Exception {
        assertThat(new String(Json.write(read("").latent()), StandardCharsets.UTF_8))
                .isEqualTo("{\"channels\":4,\"downsampling\":8,\"scaling_factor\":0.18215}");
        assertThat(PackageDigest.of(read(FACTORS))).isNotEqualTo(PackageDigest.of(read("")));
    }

    @Test
    void factorsOfOtherLatentsAreRefused() {
        assertThatThrownBy(() -> read(FACTORS.replace("[0.0,0.0,0.0],", "")))
                .hasMessageContaining("latent.rgb_factors of model.json are of 2 channels, but latents have 4");
        assertThatThrownBy(() -> new RgbFactors(List.of(List.of(1.0)), List.of(0.0, 0.0, 0.0)))
                .hasMessageContaining("must be three numbers for each latent channel");
    }

    private static ModelManifest read(String more) throws Exception {
        String golden = golden();
        String latent = golden.replaceFirst("(\"latent\":\\{[^}]*)\\}", "$1" + more + "}");
        assertThat(more.isEmpty()).isEqualTo(latent.equals(golden));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaCatalog.schemaOf(SchemaCatalog.MODEL_MANIFEST))
                        .validate(latent, InputFormat.JSON))
                .isEmpty();
        return Json.read(latent.getBytes(StandardCharsets.UTF_8), ModelManifest.class);
    }

    private static String golden() throws IOException {
        try (InputStream in = RgbFactorsTest.class.getResourceAsStream("/golden/v1/model.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package dev.genfleet.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.genfleet.job.ImageSize;
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
        String golden = golden();
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaCatalog.schemaOf(SchemaCatalog.MODEL_MANIFEST))
                        .validate(golden, InputFormat.JSON))
                .isEmpty();
        ModelManifest manifest = Json.read(golden.getBytes(StandardCharsets.UTF_8), ModelManifest.class);
        assertThat(manifest.label(1)).contains("red square");
        assertThat(manifest.label(2)).isEmpty();
        assertThat(manifest.latentShape(new ImageSize(64, 64))).isEqualTo(new LatentShape(4, 8, 8));
        assertThat(new String(Json.write(manifest), StandardCharsets.UTF_8)).isEqualTo(golden.strip());
    }

    @Test
    void aMissingFieldIsNamed() throws Exception {
        String golden = golden().replace("\"pool\"", "\"pond\"");
        assertThatThrownBy(() -> Json.read(golden.getBytes(StandardCharsets.UTF_8), ModelManifest.class))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("pool is missing in model.json");
    }

    @Test
    void aManifestOfANewerFormIsNotMisread() throws Exception {
        String golden = golden().replace("\"format\":1", "\"format\":2");
        assertThatThrownBy(() -> Json.read(golden.getBytes(StandardCharsets.UTF_8), ModelManifest.class))
                .hasMessageContaining("format of model.json is 2, but this program reads 1 to 1");
    }

    private static String golden() throws IOException {
        try (InputStream in = ModelManifestSchemaTest.class.getResourceAsStream("/golden/v1/model.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package dev.genfleet.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.model.ModelManifest;
import dev.genfleet.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelDocumentTest {

    private static final String MANIFEST = """
            {"format":1,"name":"own","family":"own","pool":"default","digest":"sha256:00","files":{},
             "denoiser":{"file":"d.onnx","latents":"x","timesteps":"t","class_labels":"y","output":"out","learned_sigma":false},
             "noise_schedule":{"train_steps":1000,"beta_start":0.0001,"beta_end":0.02},
             "latent":{"channels":4,"downsampling":2,"scaling_factor":0.5},
             "latent_decoder":{"file":"v.onnx","input":"z","output":"rgb"},
             "conditioning":{"labels":["ant","bee"],"null_class":2},
             "sizes":[{"width":16,"height":16}],
             "defaults":DEFAULTS,
             "limits":{"max_steps":1000,"max_images":4,"max_guidance_scale":20,"schedulers":["ddim","ddpm"]}}""";

    @Test
    void defaultsGoByTheNamesOfARequest() throws Exception {
        assertThat(document(
                        "{\"scheduler\":\"ddim\",\"steps\":10,\"eta\":0,\"timestep_spacing\":\"trailing\",\"use_karras_sigmas\":false}",
                        "{\"kind\":\"cfg\",\"scale\":2.5,\"rescale\":0.7,\"interval\":[0.1,0.8]}"))
                .contains("\"defaults\":{\"width\":16,\"height\":16,\"scheduler\":\"ddim\",\"num_inference_steps\":10,"
                        + "\"eta\":0.0,\"timestep_spacing\":\"trailing\",\"use_karras_sigmas\":false,\"guidance_scale\":2.5,"
                        + "\"guidance_rescale\":0.7,\"guidance_interval\":[0.1,0.8]}");
    }

    @Test
    void whatAPackageDoesNotSayIsAbsent() throws Exception {
        assertThat(document("{\"scheduler\":\"ddim\",\"steps\":10,\"eta\":0}", "{\"kind\":\"cfg\",\"scale\":2.5}"))
                .contains("\"defaults\":{\"width\":16,\"height\":16,\"scheduler\":\"ddim\",\"num_inference_steps\":10,"
                        + "\"eta\":0.0,\"guidance_scale\":2.5}");
    }

    @Test
    void saysWhatCanComeOut() throws Exception {
        assertThat(document("{\"scheduler\":\"ddim\",\"steps\":10,\"eta\":0}", "{\"kind\":\"cfg\",\"scale\":2.5}"))
                .contains("\"output_formats\":[\"png\",\"jpeg\",\"webp\"],\"previews\":false");
    }

    private static String document(String sampler, String guidance) throws Exception {
        String defaults = "{\"sampler\":" + sampler + ",\"guidance\":" + guidance + "}";
        byte[] manifest = MANIFEST.replace("DEFAULTS", defaults).getBytes(StandardCharsets.UTF_8);
        ModelDocument document = ModelDocument.of(Json.read(manifest, ModelManifest.class), List.of());
        return new String(Json.write(document), StandardCharsets.UTF_8);
    }
}

package dev.genfleet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.sampling.FlowShift;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.SchemaCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules themselves are also tested sentence by sentence where requests are checked. */
final class SamplerFitTest {

    @Test
    void aManifestWithSettingsIsValidReadAndWrittenAlike() throws Exception {
        String golden = golden("sampled-model.json");
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaCatalog.schemaOf(SchemaCatalog.MODEL_MANIFEST))
                        .validate(golden, InputFormat.JSON))
                .isEmpty();
        ModelManifest manifest = Json.read(golden.getBytes(StandardCharsets.UTF_8), ModelManifest.class);
        assertThat(manifest.noiseSchedule().endsInNoise()).isTrue();
        assertThat(new String(Json.write(manifest), StandardCharsets.UTF_8)).isEqualTo(golden.strip());
        assertThat(manifest.sealed(manifest.files()).digest())
                .as("settings make other pictures, so another package")
                .isNotEqualTo(read(golden.replace("\"steps_offset\":1", "\"steps_offset\":2"))
                        .sealed(manifest.files())
                        .digest());
    }

    @Test
    void aManifestWithoutSettingsSaysNothingOfThem() throws Exception {
        ModelManifest official = read(golden("model.json"));
        assertThat(official.sampling()).isEmpty();
        assertThat(official.noiseSchedule()).isEqualTo(new NoiseSchedule(1000, 1e-4, 0.02));
        assertThat(new String(Json.write(official), StandardCharsets.UTF_8))
                .contains(
                        "\"noise_schedule\":{\"train_steps\":1000,\"beta_start\":1.0E-4,\"beta_end\":0.02},\"latent\"");
    }

    @Test
    void theOfficialSpacingIsForTheOfficialSchedulers() throws Exception {
        ModelManifest official = read(golden("model.json"));
        assertThat(spacing(official, Scheduler.DDPM)).isEqualTo(TimestepSpacing.Kind.OFFICIAL);
        assertThat(spacing(official, Scheduler.DDIM)).isEqualTo(TimestepSpacing.Kind.OFFICIAL);
        assertThat(spacing(official, Scheduler.DPMPP_2M)).isEqualTo(TimestepSpacing.Kind.LINSPACE);
    }

    @ParameterizedTest
    @EnumSource(PredictionType.class)
    void theSchedulersOfAPredictionFitIt(PredictionType prediction) throws Exception {
        ModelManifest manifest = read(golden("model.json")
                .replace(
                        "\"beta_end\":0.02",
                        "\"beta_end\":0.02,\"prediction_type\":\"" + prediction.wireName() + "\""));
        List<Scheduler> fitting = SamplerFit.schedulers(prediction);
        for (Scheduler scheduler : Scheduler.values()) {
            assertThat(SamplerFit.objections(manifest, new SamplerSpec(scheduler, 20, 0))
                            .isEmpty())
                    .as("%s of %s", scheduler, prediction)
                    .isEqualTo(fitting.contains(scheduler));
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        String golden = golden("sampled-model.json");
        assertThatThrownBy(() -> read(golden.replace("\"v_prediction\"", "\"epsilon\"")))
                .hasMessageContaining("rescale_betas_zero_snr with prediction_type epsilon");
        assertThatThrownBy(() -> read(golden.replace("\"trailing\"", "\"10,20\"")))
                .hasMessageContaining("sampling.timestep_spacing is '10,20', but must be one of leading, linspace");
        assertThatThrownBy(() -> read(golden.replace("\"solver_order\":3", "\"solver_order\":4")))
                .hasMessageContaining("solver_order is 4, but must be 1, 2 or 3");
        assertThatThrownBy(() -> read(golden.replace("\"learned_sigma\":true", "\"learned_sigma\":false")))
                .hasMessageContaining("is learned_range, but denoiser.learned_sigma is false");
        assertThatThrownBy(() -> read(golden.replace("\"shift\":3.0", "\"shift\":0")))
                .hasMessageContaining("sampling.flow_shift.shift is 0.0, but must be positive");
    }

    /** Esser et al. 2024: exp(0.5) at 256 tokens, exp(1.15) at 4096; of latents packed two by two. */
    @Test
    void aDynamicShiftGrowsWithThePicture() {
        FlowShift shift = new FlowShift(3, Optional.of(new FlowShift.Dynamic(0.5, 1.15, 256, 4096, 2)));
        assertThat(shift.of(32, 32)).isCloseTo(Math.exp(0.5), within(1e-12));
        assertThat(shift.of(128, 128)).isCloseTo(Math.exp(1.15), within(1e-12));
        assertThat(shift.of(64, 64)).isCloseTo(Math.exp(0.63), within(1e-12));
        assertThat(new FlowShift(3, Optional.empty()).of(64, 64)).isEqualTo(3);
    }

    private static TimestepSpacing.Kind spacing(ModelManifest manifest, Scheduler scheduler) {
        return EffectiveSampler.of(manifest, new SamplerSpec(scheduler, 20, 0))
                .spacing()
                .kind();
    }

    private static ModelManifest read(String json) throws Exception {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), ModelManifest.class);
    }

    private static String golden(String name) {
        try (InputStream in = SamplerFitTest.class.getResourceAsStream("/golden/v1/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}

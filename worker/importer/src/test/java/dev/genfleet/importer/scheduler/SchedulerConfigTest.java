package dev.genfleet.importer.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.model.BetaSchedule;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.PredictionType;
import dev.genfleet.sampling.FlowShift;
import dev.genfleet.sampling.Multistep;
import dev.genfleet.sampling.NoiseLevels;
import dev.genfleet.sampling.Sampling;
import dev.genfleet.sampling.UniPc;
import dev.genfleet.sampling.VarianceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulerConfigTest {

    private static final SamplerSpec USUAL = new SamplerSpec(Scheduler.DDPM, 250, 0);

    static Stream<GoldenRun> runs() throws Exception {
        return GoldenRun.all();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyFieldOfTheClassesIsKnown(GoldenRun run) throws Exception {
        SchedulerConfig config = run.read();
        assertThat(config.warnings()).isEmpty();
        assertThat(config.sampling()).isPresent();
        assertThat(config.noise().flow()).isEqualTo(run.name().contains("flow"));
        assertThat(config.noise().betaSchedule())
                .isEqualTo(
                        run.config().path("beta_schedule").asText().equals("scaled_linear")
                                ? BetaSchedule.SCALED_LINEAR
                                : BetaSchedule.LINEAR);
    }

    @Test
    void withoutAFileOrAClassSamplingIsOfficial() throws Exception {
        SchedulerConfig none = SchedulerConfig.read(MissingNode.getInstance(), Path.of("nowhere"));
        assertThat(none.noise()).isEqualTo(new NoiseSchedule(1000, 1e-4, 0.02));
        assertThat(none.sampling()).isEmpty();
        assertThat(none.sampler(USUAL)).isEqualTo(USUAL);
        SchedulerConfig classless = read("{'num_train_timesteps': 500, 'beta_schedule': 'scaled_linear'}");
        assertThat(classless.noise().trainSteps()).isEqualTo(500);
        assertThat(classless.noise().betaSchedule()).isEqualTo(BetaSchedule.SCALED_LINEAR);
        assertThat(classless.sampling()).isEmpty();
        assertThat(read("{'num_train_timesteps': 100}").sampler(USUAL))
                .as("never more steps than were trained")
                .isEqualTo(new SamplerSpec(Scheduler.DDPM, 100, 0));
    }

    @Test
    void whatIsLeftOutIsAsTheClassHasIt() throws Exception {
        assertThat(sampling("{'_class_name': 'DDIMScheduler'}").clipSampleRange())
                .contains(1.0);
        assertThat(sampling("{'_class_name': 'DDIMScheduler'}").usualSpacing(Scheduler.DDIM))
                .isEqualTo(TimestepSpacing.of(TimestepSpacing.Kind.LEADING));
        assertThat(sampling("{'_class_name': 'DDIMScheduler'}").usualSpacing(Scheduler.UNIPC))
                .as("another class, another default")
                .isEqualTo(TimestepSpacing.of(TimestepSpacing.Kind.LINSPACE));
        assertThat(sampling("{'_class_name': 'DDPMScheduler'}").varianceType()).contains(VarianceType.FIXED_SMALL);
        assertThat(sampling("{'_class_name': 'EulerDiscreteScheduler'}")).isEqualTo(Sampling.USUAL);
        assertThat(sampling("{'_class_name': 'UniPCMultistepScheduler'}").multistep())
                .contains(
                        new Multistep(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(UniPc.USUAL)));
        assertThat(sampling("{'_class_name': 'FlowMatchEulerDiscreteScheduler'}")
                        .flowShift())
                .contains(FlowShift.NONE);
    }

    @Test
    void everyFieldIsRead() throws Exception {
        SchedulerConfig config =
                read("{'_class_name': 'DDPMScheduler', 'num_train_timesteps': 3, 'trained_betas': [0.1, 0.2,"
                        + " 0.3], 'prediction_type': 'v_prediction', 'rescale_betas_zero_snr': true, 'variance_type': 'learned_range',"
                        + " 'clip_sample': true, 'clip_sample_range': 2.5, 'timestep_spacing': 'trailing', 'steps_offset': 1,"
                        + " 'set_alpha_to_one': false, 'use_karras_sigmas': true, 'final_sigmas_type': 'sigma_min'}");
        assertThat(config.noise())
                .isEqualTo(new NoiseSchedule(
                        3,
                        1e-4,
                        0.02,
                        BetaSchedule.LINEAR,
                        List.of(0.1, 0.2, 0.3),
                        PredictionType.V_PREDICTION,
                        Optional.of(true)));
        assertThat(config.sampling())
                .contains(new Sampling(
                        Optional.of(TimestepSpacing.of(TimestepSpacing.Kind.TRAILING)),
                        Optional.of(1),
                        Optional.of(2.5),
                        Optional.of(VarianceType.LEARNED_RANGE),
                        Optional.of(false),
                        Optional.of(new NoiseLevels(Optional.of(true), Optional.of(NoiseLevels.Final.SIGMA_MIN))),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(sampling("{'_class_name': 'UniPCMultistepScheduler', 'solver_order': 3, 'solver_type': 'bh1',"
                                + " 'disable_corrector': [0, 2], 'lower_order_final': false}")
                        .multistep())
                .contains(new Multistep(
                        Optional.empty(),
                        Optional.of(false),
                        Optional.empty(),
                        Optional.of(new UniPc(3, UniPc.Basis.BH1, List.of(0, 2)))));
        assertThat(sampling(
                                "{'_class_name': 'FlowMatchEulerDiscreteScheduler', 'shift': 3, 'use_dynamic_shifting': true,"
                                        + " 'base_shift': 0.25, 'max_image_seq_len': 8192}")
                        .flowShift())
                .contains(new FlowShift(3, Optional.of(new FlowShift.Dynamic(0.25, 1.15, 256, 8192, 2))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "'DDPMScheduler' | DDPM | 250",
                "'DDIMScheduler' | DDIM | 250",
                "'DPMSolverMultistepScheduler' | DPMPP_2M | 20",
                "'DPMSolverMultistepScheduler', 'solver_order': 1 | DPMPP_1 | 20",
                "'DPMSolverMultistepScheduler', 'solver_order': 3 | DPMPP_3M | 20",
                "'DPMSolverMultistepScheduler', 'algorithm_type': 'sde-dpmsolver++' | DPMPP_2M_SDE | 20",
                "'EulerDiscreteScheduler' | EULER | 28",
                "'EulerAncestralDiscreteScheduler' | EULER_ANCESTRAL | 28",
                "'FlowMatchEulerDiscreteScheduler' | FLOW_EULER | 28",
                "'UniPCMultistepScheduler' | UNIPC | 20",
            })
    void theClassDecidesTheDefaultScheduler(String named, Scheduler scheduler, int steps) throws Exception {
        assertThat(read("{'_class_name': " + named + "}").sampler(USUAL))
                .isEqualTo(new SamplerSpec(scheduler, steps, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "'thresholding': true | thresholding 'true', but only false is known",
                "'use_lu_lambdas': true | use_lu_lambdas 'true'",
                "'use_exponential_sigmas': true | use_exponential_sigmas 'true'",
                "'use_beta_sigmas': true | use_beta_sigmas 'true'",
                "'lambda_min_clipped': -5.1 | lambda_min_clipped '-5.1', but only -Infinity is known",
                "'stochastic_sampling': true | stochastic_sampling 'true'",
                "'shift_terminal': 0.1 | shift_terminal '0.1', but only null is known",
                "'interpolation_type': 'log_linear' | interpolation_type 'log_linear', but only linear is known",
                "'beta_schedule': 'sigmoid' | beta_schedule 'sigmoid', but only linear, scaled_linear, squaredcos_cap_v2 are known",
                "'prediction_type': 'noise' | prediction_type 'noise'",
                "'prediction_type': 'flow_prediction' | use_flow_sigmas 'false', but only true is known with prediction_type flow_prediction",
                "'use_flow_sigmas': true | use_flow_sigmas 'true', but only false is known with prediction_type epsilon",
                "'timestep_spacing': 'even' | timestep_spacing 'even', but only leading, linspace, trailing are known",
                "'algorithm_type': 'dpmsolver' | algorithm_type 'dpmsolver', but only dpmsolver++, sde-dpmsolver++ are known",
                "'algorithm_type': 'sde-dpmsolver++', 'solver_order': 3 | solver_order '3', but only 2 is known for sde-dpmsolver++",
                "'solver_order': 4 | solver_order '4', but only 1, 2 and 3 are known",
                "'solver_type': 'rk4' | solver_type 'rk4', but only midpoint and heun are known",
                "'use_karras_sigmas': 'yes' | use_karras_sigmas 'yes', but only true and false are known",
                "'trained_betas': [0.1] , 'num_train_timesteps': 2 | noise_schedule has 1 trained_betas, but needs train_steps 2 of them",
                "'rescale_betas_zero_snr': true | rescale_betas_zero_snr with prediction_type epsilon",
                "'beta_end': 1.5 | needs 0 < beta_start <= beta_end < 1",
                "'use_dynamic_shifting': true | use_dynamic_shifting 'true', but only false is known for this class",
            })
    void whatWouldChangePicturesIsRefused(String field, String why) {
        assertThatThrownBy(() -> read("{'_class_name': 'DPMSolverMultistepScheduler', " + field + "}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("scheduler_config.json")
                .hasMessageContaining(why);
    }

    @Test
    void aClassThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> read("{'_class_name': 'PNDMScheduler'}"))
                .hasMessage("scheduler_config.json is of class 'PNDMScheduler', but must be one of DDPMScheduler,"
                        + " DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler,"
                        + " EulerAncestralDiscreteScheduler, FlowMatchEulerDiscreteScheduler, UniPCMultistepScheduler");
    }

    @Test
    void whatIsNotKnownIsNamed() throws Exception {
        assertThat(
                        read("{'_class_name': 'DDIMScheduler', '_diffusers_version': '0.30', 'clip_sample': false, 'colour': 'red',"
                                        + " 'size': null, 'dynamic_thresholding_ratio': 0.9, 'skip_prk_steps': true}")
                                .warnings())
                .containsExactly("scheduler_config.json has colour 'red', which is not known and was ignored");
    }

    /** Published configurations hold a bare -Infinity, as Python writes it. */
    @Test
    void infinityIsTheDefaultItself() throws Exception {
        assertThat(read("{'_class_name': 'DPMSolverMultistepScheduler', 'lambda_min_clipped': -Infinity,"
                                + " 'variance_type': 'learned_range'}")
                        .sampling())
                .map(Sampling::varianceType)
                .as("of DPM-Solver++ it says nothing about DDPM")
                .contains(Optional.empty());
    }

    private static Sampling sampling(String json) throws Exception {
        return read(json).sampling().orElseThrow();
    }

    private static SchedulerConfig read(String json) throws Exception {
        return SchedulerConfig.read(
                JsonMapper.builder()
                        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                        .build()
                        .readTree(json.replace('\'', '"')),
                Path.of("scheduler_config.json"));
    }
}

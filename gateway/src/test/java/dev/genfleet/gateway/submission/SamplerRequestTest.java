package dev.genfleet.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.gateway.http.Problem.FieldError;
import dev.genfleet.job.JobRequest;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.PredictionType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request may say about its sampler, and that samplers which do not fit the model are refused with the reason. */
final class SamplerRequestTest {

    private final ModelManifest noise = Models.sampledBy(new NoiseSchedule(1000, 1e-4, 0.02));
    private final ModelManifest flow = Models.sampledBy(Models.process(PredictionType.FLOW_PREDICTION, false));
    private final ModelManifest zeroSnr = Models.sampledBy(Models.process(PredictionType.V_PREDICTION, true));

    @Test
    void anySchedulerThatFitsIsTaken() {
        assertThat(sampler(noise, "{'class_label':0,'scheduler':'dpmpp_2m','num_inference_steps':20}"))
                .isEqualTo(new SamplerSpec(Scheduler.DPMPP_2M, 20, 0));
        assertThat(sampler(noise, "{'class_label':0,'scheduler':'unipc','use_karras_sigmas':true}"))
                .isEqualTo(new SamplerSpec(Scheduler.UNIPC, 50, 0, Optional.empty(), Optional.of(true)));
        assertThat(sampler(noise, "{'class_label':0,'scheduler':'ddim','timestep_spacing':'trailing'}")
                        .timestepSpacing())
                .contains(TimestepSpacing.of(TimestepSpacing.Kind.TRAILING));
        assertThat(sampler(flow, "{'class_label':0,'scheduler':'dpmpp_2m_sde'}").scheduler())
                .isEqualTo(Scheduler.DPMPP_2M_SDE);
    }

    @Test
    void sectionsSayHowManyStepsTheyAre() {
        SamplerSpec sampler = sampler(noise, "{'class_label':0,'timestep_spacing':'10,20,30'}");
        assertThat(sampler.steps()).isEqualTo(60);
        assertThat(sampler.timestepSpacing()).hasToString("Optional[10,20,30]");
        assertThat(sampler(noise, "{'class_label':0,'timestep_spacing':'10,20,30','num_inference_steps':60}"))
                .isEqualTo(sampler);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'scheduler':'flow_euler' | /input/scheduler | scheduler is 'flow_euler', but the model's prediction is epsilon, which is taken by ddpm, ddim",
                "'scheduler':'euler','eta':0.5 | /input/eta | eta is 0.5, but only scheduler ddim takes it and the scheduler is euler",
                "'scheduler':'euler_ancestral','use_karras_sigmas':true | /input/use_karras_sigmas | only schedulers dpmpp_1, dpmpp_2m, dpmpp_2m_sde, dpmpp_3m, euler, unipc take it",
                "'scheduler':'ddpm','use_karras_sigmas':true | /input/use_karras_sigmas | the scheduler is ddpm",
                "'scheduler':'dpmpp_2m','num_inference_steps':1000 | /input/num_inference_steps | is 1000, but must be between 1 and 999",
                "'timestep_spacing':'even' | /input/timestep_spacing | must be one of leading, linspace, trailing, official, ddim, or counts",
                "'timestep_spacing':'ddim','num_inference_steps':600 | /input/timestep_spacing | no whole stride makes exactly 600 steps of 1000",
                "'timestep_spacing':'10,900,10' | /input/timestep_spacing | section 2 of 1000 training steps has 333",
                "'timestep_spacing':'500,501' | /input/timestep_spacing | which makes 1001 steps, but must make between 1 and 1000",
                "'timestep_spacing':'10,10','num_inference_steps':30 | /input/num_inference_steps | num_inference_steps is 30, but timestep_spacing '10,10' makes 20 steps",
                "'timestep_spacing':'10,10','scheduler':'euler' | /input/timestep_spacing | scheduler euler takes leading, linspace or trailing",
                "'timestep_spacing':'official','scheduler':'unipc' | /input/timestep_spacing | scheduler unipc takes leading, linspace or trailing",
            })
    void whatDoesNotFitIsRefused(String input, String pointer, String sentence) {
        refused(noise, "{'class_label':0," + input + "}", pointer, sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'scheduler':'euler_ancestral' | /input/scheduler | prediction is flow_prediction, which is taken by dpmpp_1, dpmpp_2m, dpmpp_2m_sde, dpmpp_3m, flow_euler, unipc",
                "'scheduler':'ddim' | /input/scheduler | prediction is flow_prediction",
                "'scheduler':'unipc','use_karras_sigmas':true | /input/use_karras_sigmas | has noise levels of its own",
                "'scheduler':'flow_euler','timestep_spacing':'leading' | /input/timestep_spacing | whose steps follow from its shift",
            })
    void whatDoesNotFitAFlowIsRefused(String input, String pointer, String sentence) {
        refused(flow, "{'class_label':0," + input + "}", pointer, sentence);
    }

    @Test
    void aModelTrainedDownToNoiseIsSampledFromNoise() {
        refused(
                zeroSnr,
                "{'class_label':0,'scheduler':'ddim','timestep_spacing':'leading'}",
                "/input/timestep_spacing",
                "timestep_spacing is 'leading', but the model was trained down to nothing but noise");
        assertThat(sampler(zeroSnr, "{'class_label':0,'scheduler':'ddim','timestep_spacing':'trailing'}")
                        .scheduler())
                .isEqualTo(Scheduler.DDIM);
    }

    private void refused(ModelManifest model, String input, String pointer, String sentence) {
        Complaints complaints = new Complaints();
        assertThat(new ModelLimits(model, complaints).complete(input(input), () -> 1))
                .isEmpty();
        assertThat(complaints.all()).extracting(FieldError::pointer).containsExactly(pointer);
        assertThat(complaints.all().getFirst().detail()).contains(sentence).endsWith(".");
    }

    private SamplerSpec sampler(ModelManifest model, String input) {
        Complaints complaints = new Complaints();
        Optional<SamplerSpec> sampler = new SamplerLimits(model, complaints).sampler(input(input));
        assertThat(complaints.all()).isEqualTo(List.of());
        return sampler.orElseThrow();
    }

    private static JobRequest.Input input(String input) {
        String body = "{'model':'shapes-dit','input':" + input + "}";
        return new RequestReader()
                .read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), new Complaints())
                .orElseThrow()
                .input();
    }
}

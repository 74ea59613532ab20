package dev.genfleet.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.gateway.http.Problem.FieldError;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.JobRequest;
import dev.genfleet.job.SamplerSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestTest {

    private final RequestReader reader = new RequestReader();

    @Test
    void fillsEveryDefault() {
        GenerationSpec spec = complete("{'class_label':'red square'}").orElseThrow();
        assertThat(spec.conditioning()).isEqualTo(new Conditioning.ClassLabel(1, "red square"));
        assertThat(spec.seed()).isEqualTo(77);
        assertThat(spec.images()).isEqualTo(1);
        assertThat(spec.size()).hasToString("64x64");
        assertThat(spec.sampler()).isEqualTo(new SamplerSpec(SamplerSpec.Scheduler.DDPM, 50, 0));
        assertThat(spec.guidance().scale()).isEqualTo(4);
    }

    @Test
    void takesALabelByNumberAndKeepsAGivenSeed() {
        GenerationSpec spec = complete("{'class_label':0,'seed':42,'scheduler':'ddim','eta':0.5,'width':96}")
                .orElseThrow();
        assertThat(spec.conditioning()).isEqualTo(new Conditioning.ClassLabel(0, "red circle"));
        assertThat(spec.seed()).isEqualTo(42);
        assertThat(spec.sampler()).isEqualTo(new SamplerSpec(SamplerSpec.Scheduler.DDIM, 50, 0.5));
        assertThat(spec.size()).hasToString("96x64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /input/class_label | class_label is missing, but shapes-dit needs one of the labels",
                "{'class_label':'blue'} | /input/class_label | class_label is 'blue', but shapes-dit knows the labels 'red circle'",
                "{'class_label':2} | /input/class_label | class_label is 2, but shapes-dit knows",
                "{'class_label':0,'prompt':'x'} | /input/prompt | prompt was given, but shapes-dit is a class model",
                "{'class_label':0,'n':5} | /input/n | n is 5, but must be between 1 and 4",
                "{'class_label':0,'n':0} | /input/n | input.n is 0, but must be at least 1",
                "{'class_label':0,'n':'two'} | /input/n | input.n is \"two\", but must be a whole number",
                "{'class_label':0,'num_inference_steps':251} | /input/num_inference_steps | is 251, but must be between 1 and 250",
                "{'class_label':0,'width':32} | /input/width | width and height are 32x64, but shapes-dit makes 64x64, 96x64",
                "{'class_label':0,'guidance_scale':21} | /input/guidance_scale | is 21.0, but must be between 0 and 20.0",
                "{'class_label':0,'scheduler':'euler'} | /input/scheduler | scheduler is 'euler', but shapes-dit allows ddpm, ddim",
                "{'class_label':0,'eta':1} | /input/eta | eta is 1.0, but only scheduler ddim takes it",
                "{'class_label':0,'output_format':'gif'} | /input/output_format | output_format is 'gif', but must be one of png, jpeg, webp",
                "{'class_label':0,'output_format':'mp4'} | /input/output_format | output_format is 'mp4', but must be one of png, jpeg, webp for shapes-dit",
                "{'class_label':0,'num_frames':8} | /input/num_frames | num_frames was given, but shapes-dit makes pictures, not videos",
                "{'class_label':0,'fps':8} | /input/fps | fps was given, but shapes-dit makes pictures, not videos",
                "{'class_label':0,'motion_guidance_scale':1} | /input/motion_guidance_scale | motion_guidance_scale was given, but shapes-dit makes pictures",
                "{'class_label':0,'steps':9} | /input/steps | steps is not a field of input, whose fields are prompt",
                "{'class_label':0,'seed':9007199254740991,'n':2} | /input/seed | must be at most 9007199254740990 for 2 pictures"
            })
    void saysWhatIsWrong(String input, String pointer, String sentence) {
        List<FieldError> errors = complaints(input);
        assertThat(errors).extracting(FieldError::pointer).containsExactly(pointer);
        assertThat(errors.getFirst().detail()).contains(sentence).endsWith(".");
    }

    @Test
    void saysEverythingAtOnce() {
        assertThat(complaints("{'class_label':'blue','n':99,'num_inference_steps':900,'bogus':1,'scheduler':'x'}"))
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder(
                        "/input/bogus",
                        "/input/n",
                        "/input/class_label",
                        "/input/num_inference_steps",
                        "/input/scheduler");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | The body is empty",
                "[1] | The body is a JSON array",
                "{\"model\": | The body is not JSON",
                "{\"model\":1,\"model\":2} | Duplicate field 'model'",
                "{} x | The body is not JSON"
            })
    void refusesWhatIsNoJsonObject(String body, String sentence) {
        assertThatThrownBy(() -> reader.read(body.getBytes(StandardCharsets.UTF_8), new Complaints()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void namesMissingAndUnknownFieldsOfTheRequest() {
        Complaints complaints = new Complaints();
        assertThat(reader.read("{\"priority\":\"urgent\",\"colour\":1}".getBytes(StandardCharsets.UTF_8), complaints))
                .isEmpty();
        assertThat(complaints.all())
                .extracting(FieldError::detail)
                .containsExactlyInAnyOrder(
                        "model is missing, but is required.",
                        "input is missing, but is required.",
                        "colour is not a field of the request, whose fields are model, input, webhook, priority,"
                                + " deadline_seconds, previews, metadata.",
                        "priority is \"urgent\", but must be one of interactive, standard, batch.");
    }

    private Optional<GenerationSpec> complete(String input) {
        Complaints complaints = new Complaints();
        Optional<GenerationSpec> spec = complete(input, complaints);
        assertThat(complaints.all()).isEmpty();
        return spec;
    }

    private List<FieldError> complaints(String input) {
        Complaints complaints = new Complaints();
        complete(input, complaints);
        return complaints.all();
    }

    private Optional<GenerationSpec> complete(String input, Complaints complaints) {
        String body = "{'model':'shapes-dit','input':" + input + "}";
        return reader.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), complaints)
                .map(JobRequest::input)
                .flatMap(known -> new ModelLimits(Models.shapes(), complaints).complete(known, () -> 77));
    }
}

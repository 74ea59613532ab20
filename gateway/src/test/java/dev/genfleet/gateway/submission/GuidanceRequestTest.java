package dev.genfleet.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.gateway.http.Problem.FieldError;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.JobRequest;
import dev.genfleet.model.ModelManifest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a job is guided, from its request. */
final class GuidanceRequestTest {

    private static final ModelManifest PLAIN = Models.guided(new GuidanceSpec(Kind.CFG, 4));
    private static final ModelManifest UNGUIDED = Models.guided(new GuidanceSpec(Kind.NONE, 1));
    private static final ModelManifest TUNED = Models.guided(new GuidanceSpec(
            Kind.CFG_THREE_CHANNEL,
            4,
            Optional.empty(),
            Optional.of(0.5),
            Optional.of(new GuidanceInterval(0.2, 0.6))));
    private static final ModelManifest MOVING = Models.videos(Optional.of("motion"));

    @Test
    void rescaleAndIntervalAreKept() {
        GuidanceSpec guidance =
                guidance(PLAIN, "{'class_label':0,'guidance_rescale':0.7,'guidance_interval':[0.1,0.8]}");
        assertThat(guidance.kind()).isEqualTo(Kind.CFG);
        assertThat(guidance.rescale()).contains(0.7);
        assertThat(guidance.interval()).contains(new GuidanceInterval(0.1, 0.8));
    }

    @Test
    void theyGoWithMotionFreeGuidanceToo() {
        GuidanceSpec guidance = guidance(
                MOVING,
                "{'prompt':'a','guidance_scale':1,'motion_guidance_scale':1.2,'guidance_rescale':1,'guidance_interval':[0,0.5]}");
        assertThat(guidance)
                .isEqualTo(new GuidanceSpec(
                        Kind.MOTION_FREE,
                        1,
                        Optional.of(1.2),
                        Optional.of(1.0),
                        Optional.of(new GuidanceInterval(0, 0.5))));
    }

    @Test
    void theModelsOwnAreFilledInUnlessTheJobSaysOtherwise() {
        assertThat(guidance(TUNED, "{'class_label':0}"))
                .isEqualTo(TUNED.defaults().guidance());
        assertThat(guidance(TUNED, "{'class_label':0,'guidance_rescale':0,'guidance_interval':[0,1]}"))
                .isEqualTo(new GuidanceSpec(Kind.CFG_THREE_CHANNEL, 4));
        assertThat(guidance(TUNED, "{'class_label':0,'guidance_scale':1}"))
                .as("guides nothing")
                .isEqualTo(new GuidanceSpec(Kind.CFG_THREE_CHANNEL, 1));
    }

    /** What asks for nothing is no mistake, and gives the spec of a job that does not say it. */
    @ParameterizedTest
    @ValueSource(strings = {"{'class_label':0,'guidance_rescale':0}", "{'class_label':0,'guidance_rescale':0.0}"})
    void noRescaleIsNoneEverywhere(String input) {
        assertThat(guidance(PLAIN, input)).isEqualTo(new GuidanceSpec(Kind.CFG, 4));
        assertThat(guidance(UNGUIDED, input)).isEqualTo(new GuidanceSpec(Kind.NONE, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'guidance_rescale':1.1 | /input/guidance_rescale | input.guidance_rescale is 1.1, but must be at most 1.",
                "'guidance_rescale':'much' | /input/guidance_rescale | input.guidance_rescale is \"much\", but must be a number.",
                "'guidance_rescale':0.7,'guidance_scale':1 | /input/guidance_rescale | guidance_rescale was given, but guidance_scale is 1, which means no guidance.",
                "'guidance_interval':[0.8,0.1] | /input/guidance_interval | guidance_interval is [0.8, 0.1], but must be two numbers between 0 and 1, the smaller first.",
                "'guidance_interval':[0.8] | /input/guidance_interval | input.guidance_interval is [0.8], but must hold at least 2 elements.",
                "'guidance_interval':[0,0.5,1] | /input/guidance_interval | input.guidance_interval is [0,0.5,1], but may hold at most 2 elements.",
                "'guidance_interval':[0,1.5] | /input/guidance_interval/1 | input.guidance_interval.1 is 1.5, but must be at most 1.",
                "'guidance_interval':['a',1] | /input/guidance_interval/0 | input.guidance_interval.0 is \"a\", but must be a number.",
                "'guidance_interval':0.5 | /input/guidance_interval | input.guidance_interval is 0.5, but must be an array.",
                "'guidance_interval':[0,0.5],'guidance_scale':1 | /input/guidance_interval | guidance_interval was given, but guidance_scale is 1, which means no guidance."
            })
    void saysWhatIsWrong(String fields, String pointer, String sentence) {
        Complaints complaints = new Complaints();
        assertThat(complete(PLAIN, "{'class_label':0," + fields + "}", complaints))
                .isEmpty();
        assertThat(complaints.all()).containsExactly(new FieldError(pointer, sentence));
    }

    @Test
    void aModelWithoutGuidanceTakesNoneOfIt() {
        Complaints complaints = new Complaints();
        complete(
                UNGUIDED,
                "{'class_label':0,'guidance_scale':3,'motion_guidance_scale':1.2,'guidance_rescale':0.7,"
                        + "'guidance_interval':[0,0.5],'num_frames':8,'prompt':'a'}",
                complaints);
        assertThat(complaints.all())
                .extracting(FieldError::detail)
                .containsExactlyInAnyOrder(
                        "guidance_scale is 3.0, but must be 1 for guided.",
                        "motion_guidance_scale was given, but guided makes pictures, not videos.",
                        "guidance_rescale was given, but guided takes no guidance.",
                        "guidance_interval was given, but guided takes no guidance.",
                        "num_frames was given, but guided makes pictures, not videos.",
                        "prompt was given, but guided is a class model: give class_label instead.");
    }

    /** An element that breaks the schema does not keep the rest from being checked. */
    @Test
    void aWrongElementIsSaidTogetherWithEverythingElse() {
        Complaints complaints = new Complaints();
        complete(PLAIN, "{'class_label':9,'guidance_interval':['a',1],'n':99}", complaints);
        assertThat(complaints.all())
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder("/input/guidance_interval/0", "/input/class_label", "/input/n");
    }

    private static GuidanceSpec guidance(ModelManifest model, String input) {
        Complaints complaints = new Complaints();
        Optional<GenerationSpec> spec = complete(model, input, complaints);
        assertThat(complaints.all()).isEmpty();
        return spec.orElseThrow().guidance();
    }

    private static Optional<GenerationSpec> complete(ModelManifest model, String input, Complaints complaints) {
        String body = "{'model':'" + model.name() + "','input':" + input + "}";
        return new RequestReader()
                .read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), complaints)
                .map(JobRequest::input)
                .flatMap(known -> new ModelLimits(model, complaints).complete(known, () -> 77));
    }
}

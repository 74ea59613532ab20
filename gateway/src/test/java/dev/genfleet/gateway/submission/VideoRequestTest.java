package dev.genfleet.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.gateway.http.Problem.FieldError;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.JobRequest;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.VideoSpec;
import dev.genfleet.model.ModelManifest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VideoRequestTest {

    private static final ModelManifest MOVING = Models.videos(Optional.of("motion"));
    private static final ModelManifest PLAIN = Models.videos(Optional.empty());

    @Test
    void fillsTheModelsLengthAndSpeed() {
        GenerationSpec spec = spec(MOVING, "{'prompt':'a star'}");
        assertThat(spec.video()).contains(new VideoSpec(8, 4));
        assertThat(spec.outputFormat()).isEqualTo(OutputFormat.MP4);
        assertThat(spec.guidance()).isEqualTo(new GuidanceSpec(GuidanceSpec.Kind.CFG, 4));
    }

    @Test
    void keepsWhatWasGiven() {
        GenerationSpec spec = spec(
                MOVING,
                "{'prompt':'a','num_frames':1,'fps':24,'guidance_scale':7.5,'motion_guidance_scale':1.2,'output_format':'gif'}");
        assertThat(spec.video()).contains(new VideoSpec(1, 24));
        assertThat(spec.outputFormat()).isEqualTo(OutputFormat.GIF);
        assertThat(spec.guidance()).isEqualTo(GuidanceSpec.motionFree(7.5, 1.2));
    }

    @Test
    void aSizeThatMp4LacksBecomesAnotherFormatUnlessMp4WasAskedFor() {
        assertThat(spec(MOVING, "{'prompt':'a','width':33}").outputFormat()).isEqualTo(OutputFormat.WEBM);
        Complaints complaints = new Complaints();
        complete(MOVING, "{'prompt':'a','width':33,'output_format':'mp4'}", complaints);
        assertThat(complaints.all().getFirst().detail())
                .isEqualTo("output_format is 'mp4', but a video of 33x64 cannot be such a file: it needs an even width"
                        + " and height of at least 16 pixels.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'prompt':'a','num_frames':17} | /input/num_frames | num_frames is 17, but must be between 1 and 16 for videos",
                "{'prompt':'a','num_frames':0} | /input/num_frames | input.num_frames is 0, but must be at least 1",
                "{'prompt':'a','fps':61} | /input/fps | input.fps is 61, but must be at most 60",
                "{'prompt':'a','output_format':'png'} | /input/output_format | output_format is 'png', but must be one of mp4, webm, gif, webp for videos",
                "{'prompt':'a','motion_guidance_scale':21} | /input/motion_guidance_scale | is 21.0, but must be between 0 and 20.0",
                "{'prompt':'a','motion_guidance_scale':-1} | /input/motion_guidance_scale | input.motion_guidance_scale is -1, but must be at least 0"
            })
    void saysWhatIsWrong(String input, String pointer, String sentence) {
        Complaints complaints = new Complaints();
        assertThat(complete(MOVING, input, complaints)).isEmpty();
        assertThat(complaints.all()).extracting(FieldError::pointer).containsExactly(pointer);
        assertThat(complaints.all().getFirst().detail()).contains(sentence).endsWith(".");
    }

    @Test
    void motionIsGuidedOnlyWhereTheDenoiserCanLeaveItOut() {
        Complaints complaints = new Complaints();
        assertThat(complete(PLAIN, "{'prompt':'a','motion_guidance_scale':1.2}", complaints))
                .isEmpty();
        assertThat(complaints.all())
                .extracting(FieldError::detail)
                .containsExactly("motion_guidance_scale was given, but the denoiser of videos cannot be told to leave"
                        + " motion out.");
        assertThat(spec(PLAIN, "{'prompt':'a','num_frames':16}").video()).contains(new VideoSpec(16, 4));
    }

    private static GenerationSpec spec(ModelManifest model, String input) {
        Complaints complaints = new Complaints();
        Optional<GenerationSpec> spec = complete(model, input, complaints);
        assertThat(complaints.all()).isEmpty();
        return spec.orElseThrow();
    }

    private static Optional<GenerationSpec> complete(ModelManifest model, String input, Complaints complaints) {
        String body = "{'model':'videos','input':" + input + "}";
        return new RequestReader()
                .read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), complaints)
                .map(JobRequest::input)
                .flatMap(known -> new ModelLimits(model, complaints).complete(known, () -> 77));
    }
}

package dev.genfleet.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.gateway.http.Problem.FieldError;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.JobRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CaptionRequestTest {

    @Test
    void takesAPromptAndItsNegative() {
        Complaints complaints = new Complaints();
        GenerationSpec spec = complete("{'prompt':'a red circle','negative_prompt':'blurry','width':512}", complaints)
                .orElseThrow();
        assertThat(spec.conditioning()).isEqualTo(new Conditioning.Caption("a red circle", "blurry"));
        assertThat(spec.size()).hasToString("512x64");
    }

    @Test
    void noNegativePromptIsTheNullText() {
        assertThat(complete("{'prompt':'a'}", new Complaints()).orElseThrow().conditioning())
                .isEqualTo(new Conditioning.Caption("a", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /input/prompt | prompt is missing, but captions needs one",
                "{'prompt':'a','class_label':1} | /input/class_label | class_label was given, but captions is a caption model: give prompt",
                "{'prompt':'a','width':72} | /input/width | makes 64x64 and any multiples of 16 up to 512.",
                "{'prompt':'a','height':528} | /input/height | width and height are 64x528, but captions makes"
            })
    void saysWhatIsWrong(String input, String pointer, String sentence) {
        Complaints complaints = new Complaints();
        complete(input, complaints);
        assertThat(complaints.all()).extracting(FieldError::pointer).containsExactly(pointer);
        assertThat(complaints.all().getFirst().detail()).contains(sentence);
    }

    private static Optional<GenerationSpec> complete(String input, Complaints complaints) {
        String body = "{'model':'captions','input':" + input + "}";
        return new RequestReader()
                .read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), complaints)
                .map(JobRequest::input)
                .flatMap(known -> new ModelLimits(Models.captions(), complaints).complete(known, () -> 77));
    }
}

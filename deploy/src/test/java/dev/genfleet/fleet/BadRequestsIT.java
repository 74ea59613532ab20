package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every wrong request gets a sentence that names the field, what was given, and what is allowed. */
@ExtendWith(WithFleet.class)
class BadRequestsIT {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            unknown model          | {"model":"nope","input":{"class_label":"red circle"}}                                                      | 400 | nope           | shapes-dit
            missing model          | {"input":{"class_label":"red circle"}}                                                                     | 400 | model          | required
            missing input          | {"model":"shapes-dit"}                                                                                     | 400 | input          | required
            unknown label          | {"model":"shapes-dit","input":{"class_label":"red pentagon"}}                                              | 400 | red pentagon   | red circle
            label out of range     | {"model":"shapes-dit","input":{"class_label":64}}                                                          | 400 | 64             | 63
            unknown scheduler      | {"model":"shapes-dit","input":{"class_label":"red circle","scheduler":"heun"}}                             | 400 | heun           | ddim
            prompt for a class     | {"model":"shapes-dit","input":{"prompt":"a red circle"}}                                                   | 400 | prompt         | class_label
            n too large            | {"model":"shapes-dit","input":{"class_label":"red circle","n":11}}                                         | 400 | 11             | 10
            n zero                 | {"model":"shapes-dit","input":{"class_label":"red circle","n":0}}                                          | 400 | 0              | 1
            steps too many         | {"model":"shapes-dit","input":{"class_label":"red circle","num_inference_steps":100000}}                   | 400 | 100000         | 1000
            steps zero             | {"model":"shapes-dit","input":{"class_label":"red circle","num_inference_steps":0}}                        | 400 | 0              | 1
            wrong size             | {"model":"shapes-dit","input":{"class_label":"red circle","width":100,"height":64}}                        | 400 | 100            | 64
            guidance too strong    | {"model":"shapes-dit","input":{"class_label":"red circle","guidance_scale":50}}                            | 400 | 50             | 20
            rescale too far        | {"model":"shapes-dit","input":{"class_label":"red circle","guidance_rescale":1.5}}                         | 400 | 1.5            | at most 1
            rescale of nothing     | {"model":"shapes-dit","input":{"class_label":"red circle","guidance_scale":1,"guidance_rescale":0.7}}      | 400 | guidance_scale | no guidance
            interval reversed      | {"model":"shapes-dit","input":{"class_label":"red circle","guidance_interval":[0.8,0.2]}}                  | 400 | [0.8, 0.2]     | smaller first
            motion of a picture    | {"model":"shapes-dit","input":{"class_label":"red circle","motion_guidance_scale":1.2}}                    | 400 | motion         | pictures
            malformed JSON         | {"model":"shapes-dit",                                                                                     | 400 | JSON           | JSON
            not an object          | [1,2]                                                                                                      | 400 | object         | object
            wrong type             | {"model":"shapes-dit","input":{"class_label":"red circle","n":"two"}}                                      | 400 | two            | whole number
            fractional seed        | {"model":"shapes-dit","input":{"class_label":"red circle","seed":1.5}}                                     | 400 | 1.5            | whole number
            unknown field          | {"model":"shapes-dit","input":{"class_label":"red circle"},"prioritty":"batch"}                            | 400 | prioritty      | priority
            unknown input field    | {"model":"shapes-dit","input":{"class_label":"red circle","sede":1}}                                       | 400 | sede           | seed
            unknown priority       | {"model":"shapes-dit","input":{"class_label":"red circle"},"priority":"urgent"}                            | 400 | urgent         | interactive
            webhook of ftp         | {"model":"shapes-dit","input":{"class_label":"red circle"},"webhook":{"url":"ftp://example.com/x"}}        | 400 | ftp            | https
            webhook to private     | {"model":"shapes-dit","input":{"class_label":"red circle"},"webhook":{"url":"https://10.1.2.3/x"}}         | 400 | 10.1.2.3       | private
            webhook to metadata    | {"model":"shapes-dit","input":{"class_label":"red circle"},"webhook":{"url":"https://169.254.169.254/x"}}  | 400 | 169.254        | link-local
            """)
    void isRefusedInASentence(String name, String body, int status, String given, String allowed, Fleet fleet)
            throws Exception {
        Answer answer = fleet.jobs().post("/v1/jobs", body, Map.of());

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.sentences())
                .anySatisfy(sentence -> assertThat(sentence).contains(given).containsIgnoringCase(allowed));
        assertThat(fleet.isWhole()).isTrue();
    }

    @Test
    void aBodyOfTenMegabytesIsRefused(Fleet fleet) throws Exception {
        String padding = "x".repeat(10 * 1024 * 1024);

        Answer answer = fleet.jobs()
                .post(
                        "/v1/jobs",
                        "{\"model\":\"shapes-dit\",\"input\":{\"class_label\":\"" + padding + "\"}}",
                        Map.of());

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body().path("detail").asText()).isNotBlank();
        assertThat(fleet.isWhole()).isTrue();
    }
}

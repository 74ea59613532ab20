package dev.genfleet.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.gateway.http.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SubmitHeadersTest {

    @Test
    void aKeyMayBeQuotedOrBare() {
        assertThat(SubmitHeaders.key("\"order-17\"")).isEqualTo("order-17");
        assertThat(SubmitHeaders.key(" order-17 ")).isEqualTo("order-17");
        assertThat(SubmitHeaders.key("\"a\\\"b\"")).isEqualTo("a\"b");
        assertThatThrownBy(() -> SubmitHeaders.key("\"\"")).isInstanceOf(ProblemException.class);
    }

    @Test
    void readsCancelAfter() {
        assertThat(SubmitHeaders.cancelAfter("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(SubmitHeaders.cancelAfter("90")).isEqualTo(Duration.ofSeconds(90));
        assertThat(SubmitHeaders.cancelAfter("2h")).isEqualTo(Duration.ofHours(2));
        assertThatThrownBy(() -> SubmitHeaders.cancelAfter("soon"))
                .hasMessage("Cancel-After is 'soon', but must be a time such as 90s, 5m or 2h.");
    }

    @Test
    void readsAndCapsTheWait() {
        assertThat(SubmitHeaders.wait("wait=5")).contains(Duration.ofSeconds(5));
        assertThat(SubmitHeaders.wait("respond-async, wait=600")).contains(Duration.ofMinutes(1));
        assertThat(SubmitHeaders.wait("handling=lenient")).isEmpty();
    }
}

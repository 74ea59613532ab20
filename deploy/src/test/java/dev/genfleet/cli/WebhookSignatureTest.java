package dev.genfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What the Standard Webhooks library signs holds, and nothing else does. */
class WebhookSignatureTest {

    private static final String KEY =
            Base64.getEncoder().encodeToString("a key of thirty-two bytes, no more".getBytes(StandardCharsets.UTF_8));
    private static final Instant SENT = Instant.parse("2026-11-22T01:02:03Z");
    private static final String TIMESTAMP = String.valueOf(SENT.getEpochSecond());
    private static final String BODY = "{\"type\":\"generation.succeeded\"}";

    private final WebhookSignature signature = new WebhookSignature("whsec_" + KEY);

    @Test
    void aSignatureOfTheLibraryHolds() throws Exception {
        assertThat(holds(signed(), BODY, SENT)).isTrue();
    }

    @Test
    void oneOfSeveralSignaturesIsEnoughWhileASecretRotates() throws Exception {
        assertThat(holds("v1,b2xk " + signed(), BODY, SENT)).isTrue();
    }

    @Test
    void anotherBodyOrAnOldMessageDoesNotHold() throws Exception {
        assertThat(holds(signed(), BODY + " ", SENT)).isFalse();
        assertThat(holds(signed(), BODY, SENT.plus(Duration.ofMinutes(6)))).isFalse();
        assertThat(holds("", BODY, SENT)).isFalse();
    }

    private static String signed() throws Exception {
        return new Webhook(KEY).sign("msg_1", SENT.getEpochSecond(), BODY);
    }

    private boolean holds(String signatures, String body, Instant now) {
        return signature.holds("msg_1", TIMESTAMP, signatures, body.getBytes(StandardCharsets.UTF_8), now);
    }
}

package dev.genfleet.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures are verified by the reference library of Standard Webhooks. */
final class SignerTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEXT_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String BODY = "{\"type\":\"generation.succeeded\"}";

    private final Instant now = Instant.now();

    @Test
    void theReferenceLibraryVerifies() throws WebhookVerificationException {
        new Webhook(SECRET).verify(BODY, headers(new Signer(List.of(SECRET))));
    }

    @Test
    void bothSecretsVerifyWhileOneIsRotated() throws WebhookVerificationException {
        Map<String, List<String>> headers = headers(new Signer(List.of(NEXT_SECRET, SECRET)));
        new Webhook(SECRET).verify(BODY, headers);
        new Webhook(NEXT_SECRET).verify(BODY, headers);
    }

    @Test
    void anotherBodyDoesNotVerify() {
        Map<String, List<String>> headers = headers(new Signer(List.of(SECRET)));
        assertThatThrownBy(() -> new Webhook(SECRET).verify(BODY + " ", headers))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ", "whsec_***"})
    void refusesSecretsWithoutTellingThem(String secret) {
        assertThatThrownBy(() -> new Signer(List.of(secret)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a webhook secret must be whsec_ and base64 of 24 to 64 bytes")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("MfKQ"));
    }

    private Map<String, List<String>> headers(Signer signer) {
        return Map.of(
                "webhook-id", List.of("msg_1"),
                "webhook-timestamp", List.of(Long.toString(now.getEpochSecond())),
                "webhook-signature", List.of(signer.sign("msg_1", now, BODY.getBytes(StandardCharsets.UTF_8))));
    }
}

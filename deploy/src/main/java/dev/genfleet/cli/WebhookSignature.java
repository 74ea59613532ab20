package dev.genfleet.cli;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies webhooks as a receiver does (Standard Webhooks 1.0.0, "Verifying signatures"). */
final class WebhookSignature {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final SecretKeySpec key;

    /**
     * A verifier.
     *
     * @param secret {@code whsec_} and base64
     */
    WebhookSignature(String secret) {
        String base64 = secret.startsWith("whsec_") ? secret.substring("whsec_".length()) : secret;
        key = new SecretKeySpec(Base64.getDecoder().decode(base64), "HmacSHA256");
    }

    /**
     * Whether the holder of the secret has sent this lately.
     *
     * @param id header {@code webhook-id}
     * @param timestamp header {@code webhook-timestamp}, Unix seconds
     * @param signatures header {@code webhook-signature}, separated by spaces
     * @param body as received, byte by byte
     */
    boolean holds(String id, String timestamp, String signatures, byte[] body, Instant now) {
        Instant sent;
        try {
            sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        } catch (NumberFormatException e) {
            return false;
        }
        if (Duration.between(sent, now).abs().compareTo(TOLERANCE) > 0) {
            return false;
        }
        byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac(id, timestamp, body)))
                .getBytes(StandardCharsets.US_ASCII);
        return Arrays.stream(signatures.split(" ", -1))
                .anyMatch(given -> MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] mac(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}

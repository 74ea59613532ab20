package dev.genfleet.gateway.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs payloads (Standard Webhooks 1.0.0, "Signature scheme"), with each secret while one is rotated. Any thread. */
final class Signer {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final List<SecretKeySpec> keys;

    /**
     * A signer.
     *
     * @param secrets each {@code whsec_} and base64 of 24 to 64 bytes
     * @throws IllegalArgumentException when one is not; the message does not tell the secret
     */
    Signer(List<String> secrets) {
        this.keys = secrets.stream().map(Signer::key).toList();
    }

    /**
     * The {@code webhook-signature} header.
     *
     * @param id the {@code webhook-id} header
     * @param timestamp the {@code webhook-timestamp} header
     * @param body what is sent
     */
    String sign(String id, Instant timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
        return keys.stream().map(key -> "v1," + mac(key, head, body)).collect(Collectors.joining(" "));
    }

    private static String mac(SecretKeySpec key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static SecretKeySpec key(String secret) {
        String form = "a webhook secret must be " + PREFIX + " and base64 of " + LEAST_BYTES + " to " + MOST_BYTES
                + " bytes, but one ";
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException(form + "does not start with " + PREFIX);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException(form + "has " + bytes.length);
            }
            return new SecretKeySpec(bytes, ALGORITHM);
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith(form) ? e : new IllegalArgumentException(form + "is no base64", e);
        }
    }
}

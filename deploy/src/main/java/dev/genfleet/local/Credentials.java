package dev.genfleet.local;

import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Secrets of one local stack, drawn at its first start and kept in its folder, readable by the owner only.
 *
 * @param s3AccessKey access key of the S3 endpoint
 * @param s3SecretKey secret key of the S3 endpoint
 * @param webhookSecret signs webhooks, {@code whsec_} and base64 of 32 bytes
 */
public record Credentials(String s3AccessKey, String s3SecretKey, String webhookSecret) {

    public Credentials {
        Objects.requireNonNull(s3AccessKey, "s3_access_key");
        Objects.requireNonNull(s3SecretKey, "s3_secret_key");
        Objects.requireNonNull(webhookSecret, "webhook_secret");
    }

    static Credentials draw(SecureRandom random) {
        HexFormat hex = HexFormat.of();
        return new Credentials(
                "local" + hex.formatHex(bytes(random, 8)),
                hex.formatHex(bytes(random, 20)),
                "whsec_" + Base64.getEncoder().encodeToString(bytes(random, 32)));
    }

    /** The credentials kept in {@code file}, which is written first when it is not there. */
    static Credentials keptIn(Path file) throws StackException {
        try {
            if (Files.exists(file)) {
                return Json.read(Files.readAllBytes(file), Credentials.class);
            }
            Credentials drawn = draw(new SecureRandom());
            OwnerOnly.write(file, Json.write(drawn));
            return drawn;
        } catch (IOException e) {
            throw new StackException("cannot keep the stack's credentials in " + file + ": " + e, e);
        } catch (MalformedRecordException e) {
            throw new StackException(file + " cannot be read: " + e.getMessage() + "; delete it to draw new ones", e);
        }
    }

    private static byte[] bytes(SecureRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}

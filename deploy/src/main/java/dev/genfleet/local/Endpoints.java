package dev.genfleet.local;

import java.util.Map;
import java.util.Objects;

/**
 * Where the parts of a running local stack are.
 *
 * @param gateway base URL of the HTTP API
 * @param kafka bootstrap address, {@code host:port}
 * @param redis {@code redis://host:port}
 * @param s3 object storage
 * @param webhookSecret verifies the webhooks that the gateway sends
 * @param modelsDir folder of model packages
 * @param home folder of the stack
 */
public record Endpoints(
        String gateway, String kafka, String redis, S3 s3, String webhookSecret, String modelsDir, String home) {

    public Endpoints {
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(redis, "redis");
        Objects.requireNonNull(s3, "s3");
        Objects.requireNonNull(webhookSecret, "webhook_secret");
        Objects.requireNonNull(modelsDir, "models_dir");
        Objects.requireNonNull(home, "home");
    }

    /** The environment variables with which the fleet's programs find these parts. */
    Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("GENFLEET_KAFKA", kafka),
                Map.entry("GENFLEET_REDIS", redis),
                Map.entry("GENFLEET_S3_ENDPOINT", s3.endpoint()),
                Map.entry("GENFLEET_S3_PUBLIC_ENDPOINT", s3.endpoint()),
                Map.entry("GENFLEET_S3_ACCESS_KEY", s3.accessKey()),
                Map.entry("GENFLEET_S3_SECRET_KEY", s3.secretKey()),
                Map.entry("GENFLEET_S3_BUCKET", s3.bucket()),
                Map.entry("GENFLEET_MODELS_DIR", modelsDir),
                Map.entry("GENFLEET_WEBHOOK_SECRET", webhookSecret),
                Map.entry("GENFLEET_WEBHOOK_ALLOW_LOOPBACK", "true"));
    }

    Endpoints withGateway(String url) {
        return new Endpoints(url, kafka, redis, s3, webhookSecret, modelsDir, home);
    }

    /**
     * Object storage.
     *
     * @param endpoint base URL
     * @param bucket where outputs are
     * @param accessKey user
     * @param secretKey password
     */
    public record S3(String endpoint, String bucket, String accessKey, String secretKey) {
        public S3 {
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(bucket, "bucket");
            Objects.requireNonNull(accessKey, "access_key");
            Objects.requireNonNull(secretKey, "secret_key");
        }
    }
}

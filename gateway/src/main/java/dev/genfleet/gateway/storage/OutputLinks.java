package dev.genfleet.gateway.storage;

import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.http.ProblemException;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioClient;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Signs links for the public endpoint, which takes no request to storage, and looks objects up at the inner one. */
@Singleton
public final class OutputLinks {

    private static final int NOT_FOUND = 404;

    private final MinioClient inner;
    private final MinioClient outer;
    private final String bucket;
    private final Duration lifetime;

    OutputLinks(GatewayConfig config) {
        this.inner = client(config.s3(), config.s3().endpoint());
        this.outer = client(
                config.s3(), config.s3().publicEndpoint().orElse(config.s3().endpoint()));
        this.bucket = config.s3().bucket();
        this.lifetime = config.linkLifetime();
    }

    /** A link to an object that works from now until it expires. */
    public Link sign(String key, Instant now) {
        try {
            String url = outer.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                    .method(Http.Method.GET)
                    .bucket(bucket)
                    .object(key)
                    .expiry((int) lifetime.toSeconds(), TimeUnit.SECONDS)
                    .build());
            return new Link(URI.create(url), now.plus(lifetime));
        } catch (MinioException e) {
            throw new IllegalStateException("cannot sign a link to " + key, e);
        }
    }

    /**
     * Whether the object is still there.
     *
     * @throws ProblemException with {@link ErrorCode#UNAVAILABLE} when storage does not answer
     */
    public boolean exists(String key) {
        try {
            inner.statObject(StatObjectArgs.builder().bucket(bucket).object(key).build());
            return true;
        } catch (ErrorResponseException e) {
            if (e.response().code() == NOT_FOUND) {
                return false;
            }
            throw unavailable(e);
        } catch (MinioException e) {
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(Exception cause) {
        return new ProblemException(
                ErrorCode.UNAVAILABLE, "The storage of outputs does not answer; try again shortly.", cause);
    }

    private static MinioClient client(GatewayConfig.S3 s3, String endpoint) {
        return MinioClient.builder()
                .endpoint(endpoint)
                .region(s3.region())
                .credentials(s3.accessKey(), s3.secretKey())
                .build();
    }

    /**
     * A signed link.
     *
     * @param url where the object can be read without credentials
     * @param expiresAt until when
     */
    public record Link(URI url, Instant expiresAt) {}
}

package dev.genfleet.worker.artifact;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;

/** Keeps pictures in a bucket of an S3-compatible object storage, which is made when it is missing. */
public final class S3Artifacts implements ArtifactStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final MinioClient client;
    private final String bucket;
    private volatile boolean bucketSeen;

    /** A store on a client that it closes. */
    S3Artifacts(MinioClient client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** Connects when first used. */
    public static S3Artifacts open(URI endpoint, String accessKey, String secretKey, String bucket) {
        MinioClient client = MinioClient.builder()
                .endpoint(endpoint.toString())
                .credentials(accessKey, secretKey)
                .region("us-east-1")
                .build();
        client.setTimeout(TIMEOUT.toMillis(), TIMEOUT.toMillis(), TIMEOUT.toMillis());
        return new S3Artifacts(client, bucket);
    }

    @Override
    public void put(StoredObject object) throws IOException {
        try (InputStream content = object.open()) {
            makeBucket();
            var unused = client.putObject(
                    PutObjectArgs.builder().bucket(bucket).object(object.key()).stream(content, object.size(), -1L)
                            .contentType(object.contentType())
                            .userMetadata(object.metadata())
                            .build());
        } catch (MinioException e) {
            bucketSeen = false;
            throw new IOException("object " + object.key() + " could not be stored: " + e.getMessage(), e);
        }
    }

    private void makeBucket() throws MinioException {
        if (bucketSeen) {
            return;
        }
        if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            try {
                client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
            } catch (MinioException e) {
                // another worker or the gateway may have made it at the same moment
                if (!client.bucketExists(
                        BucketExistsArgs.builder().bucket(bucket).build())) {
                    throw e;
                }
            }
        }
        bucketSeen = true;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception e) {
            throw new IllegalStateException("the connection to object storage did not close", e);
        }
    }
}

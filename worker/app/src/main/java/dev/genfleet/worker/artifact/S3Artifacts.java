package dev.genfleet.worker.artifact;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps pictures in a bucket of an S3-compatible object storage, which is made when it is missing. */
public final class S3Artifacts implements ArtifactStore {

    private static final Set<String> MISSING = Set.of("NoSuchKey", "NoSuchBucket");
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

    @Override
    public Optional<byte[]> get(String key, int most) throws IOException {
        try (GetObjectResponse content = client.getObject(
                GetObjectArgs.builder().bucket(bucket).object(key).build())) {
            byte[] bytes = content.readNBytes(most);
            if (content.read() >= 0) {
                throw new IOException("object " + key + " has more than " + most + " bytes");
            }
            return Optional.of(bytes);
        } catch (MinioException e) {
            if (isMissing(e)) {
                return Optional.empty();
            }
            throw new IOException("object " + key + " could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Listed> list(String prefix) throws IOException {
        List<Listed> found = new ArrayList<>();
        try {
            for (Result<Item> result : client.listObjects(ListObjectsArgs.builder()
                    .bucket(bucket)
                    .prefix(prefix)
                    .recursive(true)
                    .build())) {
                Item item = result.get();
                found.add(new Listed(item.objectName(), item.lastModified().toInstant()));
            }
        } catch (MinioException e) {
            if (isMissing(e)) {
                return List.of();
            }
            throw new IOException("objects " + prefix + "… could not be listed: " + e.getMessage(), e);
        } catch (IllegalStateException e) {
            // What this client's iterator makes of a connection that fails.
            throw new IOException("objects " + prefix + "… could not be listed: " + e.getMessage(), e);
        }
        found.sort(Comparator.comparing(Listed::key));
        return found;
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            client.removeObject(
                    RemoveObjectArgs.builder().bucket(bucket).object(key).build());
        } catch (MinioException e) {
            if (!isMissing(e)) {
                throw new IOException("object " + key + " could not be deleted: " + e.getMessage(), e);
            }
        }
    }

    private static boolean isMissing(MinioException e) {
        return e instanceof ErrorResponseException refused
                && MISSING.contains(refused.errorResponse().code());
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

package dev.genfleet.worker.config;

import java.net.URI;

/**
 * Where pictures go.
 *
 * @param endpoint of an S3-compatible object storage
 * @param accessKey who the worker is there
 * @param secretKey proves it
 * @param bucket made when it is missing
 */
public record StorageSettings(URI endpoint, String accessKey, String secretKey, String bucket) {

    @Override
    public String toString() {
        return bucket + " at " + endpoint;
    }
}

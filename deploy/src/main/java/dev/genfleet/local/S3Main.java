package dev.genfleet.local;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 endpoint over a folder, in a process of its own. Arguments: data folder, bucket, ready file. Credentials come by
 * environment, so that they are in no process list.
 */
final class S3Main {

    static final String ACCESS_KEY = "GENFLEET_S3_ACCESS_KEY";
    static final String SECRET_KEY = "GENFLEET_S3_SECRET_KEY";

    private S3Main() {}

    public static void main(String[] args) throws Exception {
        String identity = System.getenv(ACCESS_KEY);
        String credential = System.getenv(SECRET_KEY);
        Path data = Path.of(args[0]);
        // The store takes a folder that others may read for a bucket that anonymous callers may read.
        OwnerOnly.folder(data.resolve(args[1]));
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(data.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, identity, credential)
                .ignoreUnknownHeaders(true)
                .build();
        proxy.start();
        ReadyFile.write(Path.of(args[2]), "http://127.0.0.1:" + proxy.getPort());
    }
}

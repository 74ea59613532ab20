package dev.genfleet.worker.artifact;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Something to store: a name, bytes, and what the store should remember about them. */
public final class StoredObject {

    private final String key;
    private final byte[] content;
    private final String contentType;
    private final Map<String, String> metadata;

    /** Holds on to {@code content}, which must not change any more. */
    public StoredObject(String key, byte[] content, String contentType, Map<String, String> metadata) {
        this.key = key;
        this.content = content;
        this.contentType = contentType;
        this.metadata = Map.copyOf(metadata);
    }

    /** Name in the bucket. */
    public String key() {
        return key;
    }

    /** The bytes, from the start. */
    public InputStream open() {
        return new ByteArrayInputStream(content);
    }

    /** Number of bytes. */
    public long size() {
        return content.length;
    }

    /** Media type. */
    public String contentType() {
        return contentType;
    }

    /** User metadata: lower-case names. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** SHA-256, hexadecimal. */
    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

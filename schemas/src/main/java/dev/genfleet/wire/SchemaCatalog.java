package dev.genfleet.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The JSON Schemas (draft 2020-12) of the contract, as resources of this module. */
public final class SchemaCatalog {

    /** What a caller posts to {@code /v1/jobs}. */
    public static final String JOB_REQUEST = "genfleet.job-request.v1";

    /** {@code model.json} of a model package. */
    public static final String MODEL_MANIFEST = "genfleet.model-manifest.v1";

    private SchemaCatalog() {}

    /**
     * Identifier of a schema; also the {@code ce_dataschema} of records.
     *
     * @param type {@code ce_type} of a record, {@link #JOB_REQUEST} or {@link #MODEL_MANIFEST}
     */
    public static URI uriOf(String type) {
        return URI.create("urn:genfleet:schema:" + type);
    }

    /**
     * Text of a schema.
     *
     * @throws IllegalArgumentException when the contract has no such schema
     */
    public static String schemaOf(String type) {
        try (InputStream in = SchemaCatalog.class.getResourceAsStream("/dev/genfleet/schemas/" + type + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no schema '" + type + "'");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.genfleet.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * The one JSON form of every record of the contract: snake_case names, RFC 3339 times, absent instead of null. Unknown fields
 * are ignored, so that an older program reads a newer record of the same major version.
 */
public final class Json {

    private static final JsonMapper MAPPER = configure(JsonMapper.builder()).build();

    private Json() {}

    /** Applies this form to a mapper of one's own. */
    public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        return builder.addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .serializationInclusion(JsonInclude.Include.NON_ABSENT)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }

    /** UTF-8 bytes of {@code value}. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /**
     * Reads a value.
     *
     * @throws MalformedRecordException when the bytes are not JSON of that form; the message names what is wrong
     */
    public static <T> T read(byte[] json, Class<T> type) throws MalformedRecordException {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new MalformedRecordException("the JSON is null, but must be a " + type.getSimpleName());
            }
            return value;
        } catch (JsonProcessingException e) {
            throw MalformedRecordException.of(type, e);
        } catch (IOException e) {
            throw new MalformedRecordException("cannot read a " + type.getSimpleName(), e);
        }
    }
}

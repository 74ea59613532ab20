package dev.genfleet.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.stream.Collectors;

/** A record that is not what it should be. The message is a sentence that names the field and what is wrong with it. */
public final class MalformedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedRecordException(String message) {
        super(message);
    }

    public MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }

    static MalformedRecordException of(Class<?> type, JsonProcessingException e) {
        Throwable cause = e.getCause();
        String why = cause instanceof IllegalArgumentException && cause.getMessage() != null
                ? cause.getMessage()
                : e.getOriginalMessage();
        String where =
                e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                        ? " at "
                                + mapping.getPath().stream()
                                        .map(MalformedRecordException::step)
                                        .collect(Collectors.joining())
                        : "";
        return new MalformedRecordException("not a " + type.getSimpleName() + where + ": " + why, e);
    }

    private static String step(JsonMappingException.Reference reference) {
        return "/" + (reference.getFieldName() == null ? reference.getIndex() : reference.getFieldName());
    }
}

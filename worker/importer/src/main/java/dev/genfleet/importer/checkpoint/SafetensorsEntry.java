package dev.genfleet.importer.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a safetensors header says of one tensor: {@code {"dtype", "shape", "data_offsets"}}.
 *
 * @param fault the first thing that is not as the format wants it, as the end of a sentence; the other fields mean nothing then
 */
record SafetensorsEntry(String type, List<Long> shape, List<Long> offsets, Optional<String> fault) {

    private static final int MAX_NUMBERS = 64;

    SafetensorsEntry {
        shape = List.copyOf(shape);
        offsets = List.copyOf(offsets);
    }

    /** Reads the value at which the parser stands, to its end. */
    static SafetensorsEntry read(JsonParser parser) throws IOException {
        Reading reading = new Reading(parser);
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                reading.field(field);
            }
        } else {
            parser.skipChildren();
        }
        return reading.entry();
    }

    /** Keeps the first fault and reads on, since the parser must reach the value's end. */
    private static final class Reading {

        private final JsonParser parser;
        private Optional<String> type = Optional.empty();
        private Optional<List<Long>> shape = Optional.empty();
        private Optional<List<Long>> offsets = Optional.empty();
        private Optional<String> fault = Optional.empty();

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        void field(String field) throws IOException {
            switch (field) {
                case "dtype" -> {
                    once(field, type);
                    if (parser.currentToken() == JsonToken.VALUE_STRING) {
                        type = Optional.of(parser.getText());
                    } else {
                        fail("needs a text dtype, but has " + shown());
                    }
                }
                case "shape" -> {
                    once(field, shape);
                    shape = naturals(field);
                }
                case "data_offsets" -> {
                    once(field, offsets);
                    offsets = naturals(field);
                }
                default -> {} // other fields may come, as in the reference reader
            }
            parser.skipChildren();
        }

        SafetensorsEntry entry() {
            if (type.isEmpty()) {
                fail("needs a text dtype, but has none");
            } else if (shape.isEmpty()) {
                fail("needs an array shape, but has none");
            } else if (offsets.isEmpty()) {
                fail("needs an array data_offsets, but has none");
            }
            return new SafetensorsEntry(type.orElse(""), shape.orElse(List.of()), offsets.orElse(List.of()), fault);
        }

        private Optional<List<Long>> naturals(String field) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                fail("needs an array " + field + ", but has " + shown());
                return Optional.empty();
            }
            List<Long> numbers = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (fault.isPresent()) {
                    parser.skipChildren();
                } else if (!isNatural()) {
                    fail("has " + shown() + " in " + field + ", but needs whole numbers from 0");
                    parser.skipChildren();
                } else if (numbers.size() == MAX_NUMBERS) {
                    fail("has more than " + MAX_NUMBERS + " numbers in " + field);
                } else {
                    numbers.add(parser.getLongValue());
                }
            }
            return Optional.of(numbers);
        }

        private boolean isNatural() throws IOException {
            return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && parser.getLongValue() >= 0;
        }

        private void once(String field, Optional<?> earlier) {
            if (earlier.isPresent()) {
                fail("has " + field + " twice");
            }
        }

        private void fail(String what) {
            if (fault.isEmpty()) {
                fault = Optional.of(what);
            }
        }

        private String shown() throws IOException {
            return parser.currentToken() == JsonToken.VALUE_STRING
                    ? "\"" + Shown.text(parser.getText()) + "\""
                    : Shown.text(String.valueOf(parser.getText()));
        }
    }
}

package dev.genfleet.cli;

import java.util.Optional;

/**
 * One event of a {@code text/event-stream} (WHATWG HTML, section 9.2).
 *
 * @param id to resume after it
 * @param name its type
 * @param data its payload
 */
record ServerSentEvent(Optional<String> id, String name, String data) {

    /** Puts lines together to events. */
    static final class Parser {
        private Optional<String> id = Optional.empty();
        private String name = "message";
        private final StringBuilder data = new StringBuilder();

        /** Takes the next line; gives the event that an empty line ends. */
        Optional<ServerSentEvent> line(String line) {
            if (line.isEmpty()) {
                return end();
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            String text = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "id" -> id = Optional.of(text);
                case "event" -> name = text;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(text);
                default -> {
                    // A comment, or a field that we do not know.
                }
            }
            return Optional.empty();
        }

        private Optional<ServerSentEvent> end() {
            Optional<ServerSentEvent> event =
                    data.isEmpty() ? Optional.empty() : Optional.of(new ServerSentEvent(id, name, data.toString()));
            name = "message";
            data.setLength(0);
            return event;
        }
    }
}

package dev.genfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerSentEventTest {

    @Test
    void putsFieldsTogetherToEvents() {
        assertThat(events("id: 3-17", "event: generation.started", "data: {\"a\":1}", ""))
                .containsExactly(new ServerSentEvent(Optional.of("3-17"), "generation.started", "{\"a\":1}"));
    }

    @Test
    void joinsDataLinesAndKeepsTheLastId() {
        assertThat(events("id: 1", "data: a", "data: b", "", "data:c", ""))
                .containsExactly(
                        new ServerSentEvent(Optional.of("1"), "message", "a\nb"),
                        new ServerSentEvent(Optional.of("1"), "message", "c"));
    }

    @Test
    void commentsAndEventsWithoutDataSayNothing() {
        assertThat(events(": heartbeat", "", "event: nothing", "")).isEmpty();
    }

    private static List<ServerSentEvent> events(String... lines) {
        ServerSentEvent.Parser parser = new ServerSentEvent.Parser();
        return List.of(lines).stream()
                .map(parser::line)
                .flatMap(Optional::stream)
                .toList();
    }
}

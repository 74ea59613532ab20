package dev.genfleet.gateway.events;

import dev.genfleet.event.EventType;
import dev.genfleet.event.Progress;
import dev.genfleet.gateway.document.JobDocuments;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.wire.Json;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Writes what a stream tells as server-sent events: durable events carry the job as it was then, progress carries itself. */
record SseListener(Sse sse, MultiEmitter<? super OutboundSseEvent> out, JobDocuments documents, URI base)
        implements Listener {

    private static final String PROGRESS = "generation.progress";

    @Override
    public boolean listening() {
        return !out.isCancelled();
    }

    @Override
    public void happened(StreamPosition at, EventType type, JobView view) {
        emit(at, type.dottedName(), documents.of(view, base));
    }

    @Override
    public void progressed(StreamPosition at, Progress progress) {
        emit(at, PROGRESS, ProgressEvent.of(progress, base));
    }

    @Override
    public void heartbeat() {
        out.emit(sse.newEventBuilder().comment("heartbeat").build());
    }

    private void emit(StreamPosition at, String name, Object data) {
        out.emit(sse.newEventBuilder()
                .id(at.id())
                .name(name)
                .data(new String(Json.write(data), StandardCharsets.UTF_8))
                .build());
    }
}

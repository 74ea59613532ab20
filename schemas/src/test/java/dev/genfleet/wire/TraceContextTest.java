package dev.genfleet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceContextTest {

    private static final String GIVEN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void aGivenTraceIsContinued() {
        TraceContext given = TraceContext.of(Optional.of(GIVEN), Optional.of("vendor=1"));
        TraceContext child = given.child();
        assertThat(child.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(child.traceparent()).isNotEqualTo(GIVEN).hasSameSizeAs(GIVEN).endsWith("-01");
        assertThat(child.tracestate()).contains("vendor=1");
    }

    @Test
    void aMalformedTraceStartsANewOne() {
        assertThat(TraceContext.of(Optional.of(GIVEN.replace('4', 'X')), Optional.empty())
                        .traceparent())
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }
}

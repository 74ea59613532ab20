package dev.genfleet.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.genfleet.event.GenerationEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is valid against its schema, and what any released version wrote is still read. */
class ContractTest {

    private static final CloudEventCodec CODEC = new CloudEventCodec(URI.create("/genfleet/test"));

    static Stream<CloudEvent> everyRecord() {
        return everyGolden().map(golden -> (CloudEvent) golden.get()[1]);
    }

    static Stream<Arguments> everyGolden() {
        Stream<CloudEvent> ofPictures = Stream.concat(
                Stream.of(CODEC.queued(Specimens.queued()), CODEC.cancel(Specimens.cancel())),
                Specimens.events().stream().map(CODEC::event));
        Stream<CloudEvent> ofVideos =
                Stream.of(CODEC.queued(Specimens.queuedVideo()), CODEC.event(Specimens.succeededVideo()));
        Stream<CloudEvent> inDetail = Stream.of(CODEC.queued(Specimens.queuedInDetail()));
        return Stream.of(
                        ofPictures.map(event -> Arguments.of(event.getType(), event)),
                        ofVideos.map(event -> Arguments.of(event.getType() + ".video", event)),
                        inDetail.map(event -> Arguments.of(event.getType() + ".detailed", event)))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("everyRecord")
    void whatIsWrittenIsValidAgainstTheSchemaItNames(CloudEvent event) {
        assertThat(event.getDataSchema()).isEqualTo(SchemaCatalog.uriOf(event.getType()));
        assertThat(schema(event.getType()).validate(text(event), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyGolden")
    void whatTheFirstVersionWroteIsWhatThisVersionWrites(String name, CloudEvent event) throws IOException {
        assertThat(text(event)).isEqualTo(golden(name).strip());
    }

    @ParameterizedTest
    @MethodSource("everyGolden")
    void goldenRecordsAreRead(String name, CloudEvent event) throws Exception {
        CloudEvent golden = CloudEventBuilder.v1(event)
                .withData(golden(name).getBytes(StandardCharsets.UTF_8))
                .build();
        assertThat(read(golden)).isEqualTo(read(event));
    }

    @ParameterizedTest
    @MethodSource("everyRecord")
    void unknownFieldsAreIgnored(CloudEvent event) throws Exception {
        String extended = text(event).replaceFirst("\\{", "{\"added_later\":{\"x\":[1]},");
        CloudEvent newer = CloudEventBuilder.v1(event)
                .withData(extended.getBytes(StandardCharsets.UTF_8))
                .build();
        assertThat(read(newer)).isEqualTo(read(event));
    }

    @Test
    void theSubjectIsTheJob() {
        assertThat(CODEC.queued(Specimens.queued()).getSubject()).isEqualTo(Specimens.JOB.toString());
    }

    @Test
    void aNewerMajorVersionIsToldApartFromGarbage() {
        CloudEvent newer = CloudEventBuilder.v1(CODEC.queued(Specimens.queued()))
                .withType("genfleet.generation.queued.v2")
                .build();
        assertThatThrownBy(() -> CloudEventCodec.readQueued(newer))
                .isInstanceOf(NewerVersionException.class)
                .hasMessageContaining("genfleet.generation.queued.v2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "null", "[]", "{}", "{\"id\":\"x\"}"})
    void garbageIsRefusedInASentence(String data) {
        CloudEvent garbage = CloudEventBuilder.v1(CODEC.queued(Specimens.queued()))
                .withData(data.getBytes(StandardCharsets.UTF_8))
                .build();
        assertThatThrownBy(() -> CloudEventCodec.readQueued(garbage))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("QueuedJob");
    }

    @Test
    void theOffendingFieldIsNamed() {
        String wrong = text(CODEC.queued(Specimens.queued())).replace("\"steps\":50", "\"steps\":0");
        CloudEvent event = CloudEventBuilder.v1(CODEC.queued(Specimens.queued()))
                .withData(wrong.getBytes(StandardCharsets.UTF_8))
                .build();
        assertThatThrownBy(() -> CloudEventCodec.readQueued(event))
                .hasMessageContaining("/spec/sampler")
                .hasMessageContaining("num_inference_steps is 0, but must be at least 1");
    }

    private static Object read(CloudEvent event) throws Exception {
        return switch (event.getType()) {
            case CloudEventCodec.QUEUED_TYPE -> CloudEventCodec.readQueued(event);
            case "genfleet.control.cancel.v1" -> CloudEventCodec.readCancel(event);
            default -> {
                GenerationEvent read = CloudEventCodec.readEvent(event);
                yield read;
            }
        };
    }

    private static JsonSchema schema(String type) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SchemaCatalog.schemaOf(type));
    }

    private static String text(CloudEvent event) {
        return new String(Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8);
    }

    private static String golden(String type) throws IOException {
        try (InputStream in = ContractTest.class.getResourceAsStream("/golden/v1/" + type + ".json")) {
            return new String(Objects.requireNonNull(in, type).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

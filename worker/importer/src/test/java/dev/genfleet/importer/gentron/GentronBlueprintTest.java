package dev.genfleet.importer.gentron;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.family.Frames;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Published sizes without weights. The paper gives 930.0 and 3083.8 million parameters; what its description adds up to is 22.8 million
 * less in both sizes, so something of the text's side is not described.
 */
class GentronBlueprintTest {

    private static final Offset<Double> TEN_THOUSAND = Offset.offset(0.01);
    private static final Offset<Double> A_HUNDRED_THOUSAND = Offset.offset(0.1);
    private static final int MEGABYTES = 1 << 20;

    @Test
    void hasTheParametersThatThePapersDescriptionAddsUpTo() {
        assertThat(millions(GentronArchitecture.xl2())).isCloseTo(907.24, TEN_THOUSAND);
        assertThat(millions(GentronArchitecture.g2())).isCloseTo(3061.03, TEN_THOUSAND);
        assertThat(millions(GentronArchitecture.xl2Video()) - millions(GentronArchitecture.xl2()))
                .isCloseTo(148.8, A_HUNDRED_THOUSAND);
        assertThat(millions(GentronArchitecture.g2Video()) - millions(GentronArchitecture.g2()))
                .isCloseTo(531.9, A_HUNDRED_THOUSAND);
    }

    @ParameterizedTest
    @MethodSource("published")
    void graphsOfEverySizeAndFormAreSmallAndTakeWhatTheirSignatureNames(GentronArchitecture architecture)
            throws Exception {
        GraphBuilder graph = Emission.blueprint(architecture);
        byte[] bytes = graph.toBytes();
        assertThat(bytes.length).isLessThan(2 * MEGABYTES);
        assertThat(ModelProto.parseFrom(bytes).getGraph().getInputList())
                .extracting(ValueInfoProto::getName)
                .containsExactlyInAnyOrderElementsOf(
                        architecture.signature("model.onnx").inputs());
    }

    @Test
    void asksForTheKeysOfTheConvention() {
        List<String> keys = Emission.keys(GentronArchitecture.xl2Video()).stream()
                .map(StoredTensor::name)
                .filter(key -> !key.startsWith("blocks.") || key.startsWith("blocks.27."))
                .filter(key -> key.endsWith(".weight"))
                .toList();
        assertThat(keys)
                .containsExactlyInAnyOrder(
                        "x_embedder.proj.weight",
                        "t_embedder.mlp.0.weight",
                        "t_embedder.mlp.2.weight",
                        "pooled_embedder.mlp.0.weight",
                        "pooled_embedder.mlp.2.weight",
                        "blocks.27.adaLN_modulation.1.weight",
                        "blocks.27.attn.qkv.weight",
                        "blocks.27.attn.proj.weight",
                        "blocks.27.cross_attn.q.weight",
                        "blocks.27.cross_attn.kv.weight",
                        "blocks.27.cross_attn.proj.weight",
                        "blocks.27.temp_attn.qkv.weight",
                        "blocks.27.temp_attn.proj.weight",
                        "blocks.27.mlp.fc1.weight",
                        "blocks.27.mlp.fc2.weight",
                        "final_layer.adaLN_modulation.1.weight",
                        "final_layer.linear.weight");
    }

    private static Stream<GentronArchitecture> published() {
        return Stream.of(GentronArchitecture.xl2(), GentronArchitecture.g2())
                .flatMap(images -> Stream.of(
                        images,
                        images.conditionedOn(GentronText.clip(images.shape().depth())),
                        images.conditionedOn(GentronText.t5(images.shape().depth())),
                        images.conditionedOn(GentronText.pooledAlone()),
                        images.withTemporal(new Frames(8, 64)),
                        images.with(GentronTemporal.PUBLISHED),
                        images.with(GentronTemporal.PUBLISHED).motionless()));
    }

    private static double millions(GentronArchitecture architecture) {
        return Emission.keys(architecture).stream()
                        .mapToLong(StoredTensor::elements)
                        .sum()
                / 1e6;
    }
}

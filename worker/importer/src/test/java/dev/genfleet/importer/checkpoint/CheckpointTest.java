package dev.genfleet.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {

    @TempDir
    private Path folder;

    @Test
    void isKnownByAListOfKeys() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        shapes.put("b", List.of(2L, 3L));
        shapes.put("a", List.of());
        Checkpoint listed = Checkpoint.listed(Path.of("keys.json"), shapes);
        assertThat(listed.tensors()).extracting(StoredTensor::name).containsExactly("a", "b");
        StoredTensor b = listed.find("b").orElseThrow();
        assertThat(b.type()).isEqualTo(DataType.F32);
        assertThat(b.shape()).containsExactly(2L, 3L);
        assertThat(listed.find("a").orElseThrow().offset()).isEqualTo(b.offset() + b.length());
        assertThat(listed.files()).containsExactly(Path.of("keys.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "module.a,module.b | a,b",
                "_orig_mod.module.a,_orig_mod.module.b | a,b",
                "module._orig_mod.a,module._orig_mod.b | a,b",
                "module.a,b | b,module.a",
                "module.a,_orig_mod.b | _orig_mod.b,module.a",
                "module.module.module.module.module.module.a | module.module.a",
                "modules.a | modules.a",
            })
    void removesWhatWrappersPutBeforeEveryKey(String keys, String expected) throws Exception {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String key : keys.split(",", -1)) {
            tensors.put(key, new Tensor(new float[] {1}, 1));
        }
        Path file = SafetensorsWriter.write(folder.resolve("t.safetensors"), tensors, DataType.F32);
        assertThat(Checkpoint.open(file).tensors())
                .extracting(StoredTensor::name)
                .containsExactly(expected.split(",", -1));
    }
}

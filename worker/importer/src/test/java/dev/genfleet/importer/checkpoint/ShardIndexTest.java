package dev.genfleet.importer.checkpoint;

import static dev.genfleet.importer.checkpoint.Resources.assertSame;
import static dev.genfleet.importer.checkpoint.Resources.torch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIndexTest {

    @TempDir
    private Path folder;

    @Test
    void joinsShards() throws Exception {
        shard("2.safetensors", "a", "d");
        shard("1.safetensors", "b", "c");
        Checkpoint checkpoint = Checkpoint.open(
                index("'a':'2.safetensors','b':'1.safetensors','c':'1.safetensors','d':'2.safetensors'"));
        assertThat(checkpoint.tensors().stream().map(StoredTensor::name)).containsExactly("a", "b", "c", "d");
        assertThat(checkpoint.files())
                .containsExactly(folder.resolve("2.safetensors"), folder.resolve("1.safetensors"));
        assertThat(checkpoint.file()).isEqualTo(folder.resolve("model.safetensors.index.json"));
    }

    @Test
    void joinsShardsOfPyTorch() throws Exception {
        Files.copy(torch("flat.pt"), folder.resolve("pytorch_model-00001-of-00002.bin"));
        shard("pytorch_model-00002-of-00002.bin", "z");
        StringBuilder map = new StringBuilder("'z':'pytorch_model-00002-of-00002.bin'");
        Checkpoint first = Checkpoint.open(torch("flat.pt"));
        first.tensors()
                .forEach(tensor -> map.append(",'%s':'pytorch_model-00001-of-00002.bin'".formatted(tensor.name())));
        Checkpoint joined = Checkpoint.open(index(map.toString()));
        assertThat(joined.find("z")).isPresent();
        assertSame(
                new Checkpoint(
                        joined.file(),
                        joined.tensors().stream()
                                .filter(tensor -> !tensor.name().equals("z"))
                                .toList()),
                first);
    }

    @Test
    void namesEveryDisagreementInOneSentence() throws Exception {
        shard("1.safetensors", "a", "twice", "moved", "surplus");
        shard("2.safetensors", "twice");
        Path index = index("'a':'1.safetensors','twice':'1.safetensors','moved':'2.safetensors','gone':'1.safetensors',"
                + "'unseen':'3.safetensors'");
        assertThatThrownBy(() -> Checkpoint.open(index))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(index + " does not agree with its shards; missing shards: 3.safetensors;"
                        + " missing tensors: gone (1.safetensors);"
                        + " in more than one shard: twice (1.safetensors and 2.safetensors);"
                        + " in another shard: moved (1.safetensors, not 2.safetensors);"
                        + " not in the index: surplus (1.safetensors)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../1.safetensors",
                "/etc/passwd",
                "..",
                ".",
                "",
                "sub/1.safetensors",
                "..\\\\1.safetensors",
                "C:1"
            })
    void staysInItsFolder(String name) throws Exception {
        Path index = index("'a':'" + name + "'");
        assertThatThrownBy(() -> Checkpoint.open(index))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensor a of " + index)
                .hasMessageContaining("a shard must be a file beside the index");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a':7", "'a':null", "'a':['1.safetensors']"})
    void needsNames(String map) throws Exception {
        Path index = index(map);
        assertThatThrownBy(() -> Checkpoint.open(index))
                .hasMessageContaining("a shard must be a file beside the index");
    }

    @Test
    void refusesAnIndexOfIndexes() throws Exception {
        Path index = index("'a':'model.safetensors.index.json'");
        assertThatThrownBy(() -> Checkpoint.open(index))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is an index, but a shard must hold tensors");
    }

    @Test
    void refusesAnEmptyOrAHugeIndex() throws Exception {
        Path empty = index("");
        assertThatThrownBy(() -> Checkpoint.open(empty)).hasMessageContaining("needs an object weight_map");
        Path huge = Files.writeString(folder.resolve("huge.index.json"), "{" + " ".repeat(ShardIndex.MAX_BYTES));
        assertThatThrownBy(() -> Checkpoint.open(huge)).hasMessageContaining("an index has at most 4194304");
    }

    private Path index(String map) throws IOException {
        return Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{'metadata':{'total_size':1},'weight_map':{%s}}".formatted(map).replace('\'', '"'));
    }

    private void shard(String name, String... keys) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String key : keys) {
            tensors.put(key, new Tensor(new float[] {1, 2}, 2));
        }
        SafetensorsWriter.write(folder.resolve(name), tensors, DataType.F32);
    }
}

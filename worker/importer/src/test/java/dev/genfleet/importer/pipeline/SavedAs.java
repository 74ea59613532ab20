package dev.genfleet.importer.pipeline;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.TorchWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forms in which diffusers and transformers publish weights. */
enum SavedAs {
    SAFETENSORS {
        @Override
        void save(Path folder, String stem, Map<String, Tensor> tensors) throws IOException {
            SafetensorsWriter.write(folder.resolve(stem + ".safetensors"), tensors, DataType.F32);
        }
    },
    HALF_FLOATS {
        @Override
        void save(Path folder, String stem, Map<String, Tensor> tensors) throws IOException {
            SafetensorsWriter.write(folder.resolve(stem + ".fp16.safetensors"), tensors, DataType.F16);
        }
    },
    BRAIN_FLOATS {
        @Override
        void save(Path folder, String stem, Map<String, Tensor> tensors) throws IOException {
            SafetensorsWriter.write(folder.resolve(stem + ".safetensors"), tensors, DataType.BF16);
        }
    },
    /** Three files and their index. */
    SHARDS {
        @Override
        void save(Path folder, String stem, Map<String, Tensor> tensors) throws IOException {
            ObjectNode index = new JsonMapper().createObjectNode();
            ObjectNode places = index.putObject("weight_map");
            index.putObject("metadata").put("total_size", 0);
            List<String> keys = new ArrayList<>(tensors.keySet());
            for (int shard = 0; shard < COUNT; shard++) {
                String name = "%s-%05d-of-%05d.safetensors".formatted(stem, shard + 1, COUNT);
                Map<String, Tensor> held = new LinkedHashMap<>();
                for (int i = shard; i < keys.size(); i += COUNT) {
                    held.put(keys.get(i), tensors.get(keys.get(i)));
                    places.put(keys.get(i), name);
                }
                SafetensorsWriter.write(folder.resolve(name), held, DataType.F32);
            }
            new JsonMapper()
                    .writeValue(folder.resolve(stem + ".safetensors.index.json").toFile(), index);
        }
    },
    TORCH {
        @Override
        void save(Path folder, String stem, Map<String, Tensor> tensors) throws IOException {
            TorchWriter.write(folder.resolve(stem.equals("model") ? "pytorch_model.bin" : stem + ".bin"), tensors);
        }
    };

    private static final int COUNT = 3;

    /**
     * Writes weights.
     *
     * @param stem {@code diffusion_pytorch_model} for diffusers, {@code model} for transformers
     */
    abstract void save(Path folder, String stem, Map<String, Tensor> tensors) throws IOException;
}

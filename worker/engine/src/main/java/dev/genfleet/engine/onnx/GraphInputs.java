package dev.genfleet.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.fault.ErrorCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a session's graph says of its inputs. */
final class GraphInputs {

    private GraphInputs() {}

    /**
     * Types and shapes by name.
     *
     * @throws EngineException when an input is not a tensor of numbers that rows can be written to
     */
    static Map<String, TensorInfo> of(OrtSession session, Path graph) throws EngineException, OrtException {
        Map<String, TensorInfo> inputs = new HashMap<>();
        for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
            if (!(input.getValue().getInfo() instanceof TensorInfo tensor) || !RowBuffer.holds(tensor.type)) {
                throw new EngineException(
                        ErrorCode.MODEL_UNAVAILABLE,
                        "The graph " + graph + " has an input " + input.getKey() + " of "
                                + input.getValue().getInfo()
                                + ", but inputs must be tensors of float, int64 or int32.");
            }
            inputs.put(input.getKey(), tensor);
        }
        return inputs;
    }
}

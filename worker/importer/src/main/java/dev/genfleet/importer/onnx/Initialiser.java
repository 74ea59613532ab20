package dev.genfleet.importer.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.util.List;
import java.util.Objects;

/** A tensor that a graph has before it runs. */
public sealed interface Initialiser {

    /** ONNX's number of its element type. */
    int onnxType();

    /** Dimensions, outermost first. */
    List<Long> shape();

    /** Bytes that stay where they lie in a checkpoint. */
    record Stored(StoredTensor tensor) implements Initialiser {
        public Stored {
            Objects.requireNonNull(tensor, "tensor");
        }

        @Override
        public int onnxType() {
            return Initialiser.onnxType(tensor.type()).getNumber();
        }

        @Override
        public List<Long> shape() {
            return tensor.shape();
        }
    }

    /** Bytes that are computed when the package is written. */
    record Derived(DerivedTensor tensor) implements Initialiser {
        public Derived {
            Objects.requireNonNull(tensor, "tensor");
        }

        @Override
        public int onnxType() {
            return Initialiser.onnxType(tensor.type()).getNumber();
        }

        @Override
        public List<Long> shape() {
            return tensor.shape();
        }
    }

    /** A few numbers in the graph itself. */
    record Inline(TensorProto constant) implements Initialiser {
        public Inline {
            Objects.requireNonNull(constant, "constant");
        }

        @Override
        public int onnxType() {
            return constant.getDataType();
        }

        @Override
        public List<Long> shape() {
            return constant.getDimsList();
        }
    }

    private static TensorProto.DataType onnxType(DataType type) {
        return switch (type) {
            case F32 -> TensorProto.DataType.FLOAT;
            case F16 -> TensorProto.DataType.FLOAT16;
            case BF16 -> TensorProto.DataType.BFLOAT16;
            case I8 -> TensorProto.DataType.INT8;
            case U8 -> TensorProto.DataType.UINT8;
            case I32 -> TensorProto.DataType.INT32;
            default -> throw new IllegalArgumentException("no graph takes weights of type " + type);
        };
    }
}

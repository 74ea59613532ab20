package dev.genfleet.importer.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;

/** Element types of graph inputs and casts. */
public enum ElementType {
    FLOAT(TensorProto.DataType.FLOAT_VALUE),
    DOUBLE(TensorProto.DataType.DOUBLE_VALUE),
    INT32(TensorProto.DataType.INT32_VALUE),
    INT64(TensorProto.DataType.INT64_VALUE),
    BOOL(TensorProto.DataType.BOOL_VALUE);

    private final int onnx;

    ElementType(int onnx) {
        this.onnx = onnx;
    }

    int onnx() {
        return onnx;
    }
}

package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Locale;
import java.util.Optional;

/** ONNX's element types by number. */
final class ElementTypes {

    static final int FLOAT = DataType.FLOAT_VALUE;
    static final int INT64 = DataType.INT64_VALUE;
    static final int INT32 = DataType.INT32_VALUE;
    static final int UINT8 = DataType.UINT8_VALUE;
    static final int BOOL = DataType.BOOL_VALUE;

    private ElementTypes() {}

    static String name(int type) {
        return Optional.ofNullable(DataType.forNumber(type))
                .map(known -> known.name().toLowerCase(Locale.ROOT))
                .orElse("type " + type);
    }

    static boolean isFloat(int type) {
        return switch (type) {
            case DataType.FLOAT_VALUE,
                    DataType.DOUBLE_VALUE,
                    DataType.FLOAT16_VALUE,
                    DataType.BFLOAT16_VALUE,
                    DataType.FLOAT8E4M3FN_VALUE,
                    DataType.FLOAT8E4M3FNUZ_VALUE,
                    DataType.FLOAT8E5M2_VALUE,
                    DataType.FLOAT8E5M2FNUZ_VALUE -> true;
            default -> false;
        };
    }

    /** Whether numbers of that type may stand for weights: floats, and the whole numbers that quantisation makes of them. */
    static boolean isWeight(int type) {
        return isFloat(type)
                || switch (type) {
                    case DataType.INT8_VALUE, DataType.UINT8_VALUE, DataType.INT4_VALUE, DataType.UINT4_VALUE -> true;
                    default -> false;
                };
    }

    /** Bits of one number. */
    static int bits(int type) {
        return switch (type) {
            case DataType.INT4_VALUE, DataType.UINT4_VALUE -> 4;
            case DataType.FLOAT16_VALUE, DataType.BFLOAT16_VALUE, DataType.INT16_VALUE, DataType.UINT16_VALUE -> 16;
            case DataType.FLOAT_VALUE, DataType.INT32_VALUE, DataType.UINT32_VALUE -> 32;
            case DataType.DOUBLE_VALUE, DataType.INT64_VALUE, DataType.UINT64_VALUE, DataType.COMPLEX64_VALUE -> 64;
            case DataType.COMPLEX128_VALUE -> 128;
            default -> 8;
        };
    }
}

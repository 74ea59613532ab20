package dev.genfleet.importer.checkpoint;

import dev.genfleet.importer.pickle.Pickled;
import java.util.Map;
import java.util.Optional;

/** PyTorch's names of element types: of storage classes, such as {@code torch FloatStorage}, and of {@code torch.dtype}s. */
final class TorchTypes {

    private static final Map<String, DataType> STORAGES = Map.ofEntries(
            Map.entry("FloatStorage", DataType.F32),
            Map.entry("HalfStorage", DataType.F16),
            Map.entry("BFloat16Storage", DataType.BF16),
            Map.entry("DoubleStorage", DataType.F64),
            Map.entry("LongStorage", DataType.I64),
            Map.entry("IntStorage", DataType.I32),
            Map.entry("ShortStorage", DataType.I16),
            Map.entry("CharStorage", DataType.I8),
            Map.entry("ByteStorage", DataType.U8),
            Map.entry("BoolStorage", DataType.BOOL),
            Map.entry("UntypedStorage", DataType.U8));

    private static final Map<String, DataType> DTYPES = Map.ofEntries(
            Map.entry("float32", DataType.F32),
            Map.entry("float16", DataType.F16),
            Map.entry("bfloat16", DataType.BF16),
            Map.entry("float64", DataType.F64),
            Map.entry("float8_e4m3fn", DataType.F8_E4M3),
            Map.entry("float8_e5m2", DataType.F8_E5M2),
            Map.entry("int64", DataType.I64),
            Map.entry("int32", DataType.I32),
            Map.entry("int16", DataType.I16),
            Map.entry("int8", DataType.I8),
            Map.entry("uint64", DataType.U64),
            Map.entry("uint32", DataType.U32),
            Map.entry("uint16", DataType.U16),
            Map.entry("uint8", DataType.U8),
            Map.entry("bool", DataType.BOOL));

    private TorchTypes() {}

    /** Elements of a storage class; an untyped storage counts bytes. */
    static Optional<DataType> ofStorage(Pickled type) {
        return named(type, STORAGES);
    }

    static Optional<DataType> ofDtype(Pickled dtype) {
        return named(dtype, DTYPES);
    }

    static boolean isTorch(Pickled.Global global) {
        return global.module().equals("torch") || global.module().startsWith("torch.");
    }

    private static Optional<DataType> named(Pickled value, Map<String, DataType> names) {
        return value instanceof Pickled.Global global && isTorch(global)
                ? Optional.ofNullable(names.get(global.name()))
                : Optional.empty();
    }
}

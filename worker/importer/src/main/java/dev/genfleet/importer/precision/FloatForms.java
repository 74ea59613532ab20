package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.DerivedTensor;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Initialiser;
import dev.genfleet.importer.onnx.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The floats of a graph that is being rewritten, each in the length in which it is made and, where asked for, in the other. */
final class FloatForms {

    /** Length of a float. */
    enum Form {
        /** 16 bits. */
        HALF,
        /** 32 bits. */
        FULL
    }

    private final Rewriting rewriting;
    private final GraphBuilder target;
    private final Map<String, Form> made = new HashMap<>();
    private final Map<List<Object>, String> converted = new HashMap<>();
    private final Set<String> beyondHalf = new HashSet<>();
    private final Set<String> wide = new HashSet<>();
    private final List<String> warnings = new ArrayList<>();

    FloatForms(Rewriting rewriting) {
        this.rewriting = rewriting;
        this.target = rewriting.target();
    }

    /** Finds weights with numbers that no half float holds. */
    void measureWeights() throws IOException {
        for (Map.Entry<String, Initialiser> entry :
                rewriting.source().initialisers().entrySet()) {
            var weight = rewriting.weight(entry.getKey());
            if (weight.isPresent() && weight.get().values().type() != DataType.F16) {
                float magnitude = weight.get().values().magnitude();
                if (!(magnitude <= ConvertedFloats.LARGEST_HALF)) {
                    beyondHalf.add(entry.getKey());
                    warnings.add("weight " + weight.get().values().name() + " holds " + magnitude
                            + ", but half floats end at 65504: it stays in 32-bit floats");
                }
            }
        }
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Notes in which form a value is made. */
    void given(String value, Form form) {
        made.put(value, form);
    }

    /** Notes that a value may be beyond the range of half floats and is to be clamped to it. */
    void wide(String value) {
        wide.add(value);
    }

    boolean isWide(String value) {
        return wide.contains(value);
    }

    /** Whether a value exists in 32-bit floats; weights and constants take any form. */
    boolean inFull(String value) {
        return made.get(value) == Form.FULL;
    }

    /** Whether a value is a weight with numbers that no half float holds. */
    boolean beyondHalf(String value) {
        return rewriting
                .weight(value)
                .map(weight -> beyondHalf.contains(weight.name()))
                .orElse(false);
    }

    /** Whether a value is a constant of the graph with such numbers. */
    boolean constantBeyondHalf(String value) {
        if (!(rewriting.source().initialisers().get(value) instanceof Initialiser.Inline(var constant))
                || constant.getDataType() != TensorProto.DataType.FLOAT_VALUE) {
            return false;
        }
        for (float number : numbers(constant)) {
            if (!(Math.abs(number) <= ConvertedFloats.LARGEST_HALF)) {
                return true;
            }
        }
        return false;
    }

    /** The name under which {@code value} is found in {@code form}. */
    String as(String value, Form form) {
        if (made.get(value) == form) {
            return value;
        }
        String known = converted.get(List.of(value, form));
        if (known == null) {
            known = convert(value, form);
            converted.put(List.of(value, form), known);
        }
        return known;
    }

    private String convert(String value, Form form) {
        if (made.containsKey(value)) {
            Value from = new Value(value);
            if (form == Form.HALF && wide.contains(value)) {
                from = target.node("Clip", List.of(from, scalar(-HalfRanges.FAR), scalar(HalfRanges.FAR)));
            }
            return cast(from, form);
        }
        var weight = rewriting.weight(value);
        if (weight.isPresent()) {
            return weight(weight.get(), form);
        }
        Initialiser initialiser = rewriting.source().initialisers().get(value);
        if (form == Form.FULL || !(initialiser instanceof Initialiser.Inline(var constant))) {
            return target.keep(value, initialiser).name();
        }
        return target.keep(value + "/half", new Initialiser.Inline(half(constant)))
                .name();
    }

    /** Half floats of a checkpoint are read where they lie; all others are converted or copied, so that it is not needed. */
    private String weight(Rewriting.Weight weight, Form form) {
        boolean halves = weight.values().type() == DataType.F16;
        if (halves) {
            String stored = target.keep(weight.name(), weight.initialiser()).name();
            return form == Form.HALF ? stored : cast(new Value(stored), form);
        }
        String name = form == Form.HALF ? weight.name() + "/half" : weight.name();
        DerivedTensor tensor = form == Form.HALF
                ? ConvertedFloats.half(name, weight.values())
                : ConvertedFloats.full(name, weight.values());
        return target.keep(name, new Initialiser.Derived(tensor)).name();
    }

    private String cast(Value from, Form form) {
        int type = form == Form.HALF ? TensorProto.DataType.FLOAT16_VALUE : TensorProto.DataType.FLOAT_VALUE;
        target.enter(from.name());
        return target.node("Cast", List.of(from), Attribute.of("to", type)).name();
    }

    private Value scalar(float number) {
        return target.floats(new float[] {number});
    }

    private static TensorProto half(TensorProto constant) {
        short[] halves = ConvertedFloats.halves(numbers(constant));
        ByteBuffer bytes = ByteBuffer.allocate(halves.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(halves);
        return constant.toBuilder()
                .setDataType(TensorProto.DataType.FLOAT16_VALUE)
                .setRawData(ByteString.copyFrom(bytes))
                .build();
    }

    private static float[] numbers(TensorProto constant) {
        var floats = constant.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] numbers = new float[floats.remaining()];
        floats.get(numbers);
        return numbers;
    }
}

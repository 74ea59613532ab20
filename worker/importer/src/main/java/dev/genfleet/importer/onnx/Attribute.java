package dev.genfleet.importer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;

/** A fixed argument of a node. */
public final class Attribute {

    private final AttributeProto proto;

    private Attribute(AttributeProto.Builder proto) {
        this.proto = proto.build();
    }

    public static Attribute of(String name, long value) {
        return new Attribute(
                named(name).setType(AttributeProto.AttributeType.INT).setI(value));
    }

    public static Attribute of(String name, float value) {
        return new Attribute(
                named(name).setType(AttributeProto.AttributeType.FLOAT).setF(value));
    }

    public static Attribute of(String name, String value) {
        return new Attribute(
                named(name).setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(value)));
    }

    public static Attribute of(String name, long[] values) {
        return new Attribute(named(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList()));
    }

    /** As ONNX holds it. */
    public AttributeProto proto() {
        return proto;
    }

    private static AttributeProto.Builder named(String name) {
        return AttributeProto.newBuilder().setName(name);
    }
}

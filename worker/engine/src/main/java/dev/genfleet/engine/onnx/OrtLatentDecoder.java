package dev.genfleet.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.model.LatentShape;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** A latent decoder as an ONNX Runtime session, one picture at a time. */
final class OrtLatentDecoder implements LatentDecoder {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final String output;

    OrtLatentDecoder(OrtEnvironment environment, OrtSession session, String input, String output) {
        this.environment = environment;
        this.session = session;
        this.input = input;
        this.output = output;
    }

    @Override
    public Pixels decode(float[] latents, LatentShape shape) throws DeviceFault {
        long[] dimensions = {1, shape.channels(), shape.height(), shape.width()};
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(latents), dimensions);
                OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
            OnnxTensor pixels = (OnnxTensor) result.get(0);
            long[] size = pixels.getInfo().getShape();
            float[] planes = pixels.getFloatBuffer().array();
            return new Pixels(Math.toIntExact(size[3]), Math.toIntExact(size[2]), planes);
        } catch (OrtException e) {
            throw new DeviceFault(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the latent decoder's session could not be closed", e);
        }
    }
}

package dev.genfleet.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A latent decoder as an ONNX Runtime session. Direct buffers of its inputs are kept, one for each thread that decodes at the same
 * time. A graph of a fixed batch is given as many forwards as it needs, the last padded by repeating a picture.
 */
final class OrtLatentDecoder implements LatentDecoder {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelManifest.LatentDecoder names;
    private final OptionalInt fixedRows;
    private final Queue<RowBuffer.Floats> buffers = new ConcurrentLinkedQueue<>();

    OrtLatentDecoder(
            OrtEnvironment environment, OrtSession session, OptionalInt fixedRows, ModelManifest.LatentDecoder names) {
        this.environment = environment;
        this.session = session;
        this.fixedRows = fixedRows;
        this.names = names;
    }

    @Override
    public List<Pixels> decode(List<float[]> latents, LatentShape shape) throws DeviceFault {
        int most = fixedRows.orElse(latents.size());
        List<Pixels> decoded = new ArrayList<>();
        for (int start = 0; start < latents.size(); start += most) {
            forward(latents.subList(start, Math.min(latents.size(), start + most)), shape, decoded);
        }
        return decoded;
    }

    private void forward(List<float[]> latents, LatentShape shape, List<Pixels> decoded) throws DeviceFault {
        int rows = fixedRows.orElse(latents.size());
        RowBuffer.Floats buffer = buffer(rows, shape.elements());
        try {
            for (int row = 0; row < rows; row++) {
                buffer.put(row, latents.get(Math.min(row, latents.size() - 1)));
            }
            try (OnnxTensor tensor =
                            buffer.tensor(environment, 0, rows, rows, shape.channels(), shape.height(), shape.width());
                    OrtSession.Result result = session.run(Map.of(names.input(), tensor), Set.of(names.output()))) {
                split((OnnxTensor) result.get(0), rows, latents.size(), decoded);
            }
        } catch (OrtException e) {
            throw new DeviceFault(e.getMessage(), e);
        } finally {
            buffers.add(buffer);
        }
    }

    private static void split(OnnxTensor pixels, int rows, int wanted, List<Pixels> decoded) {
        long[] size = pixels.getInfo().getShape();
        int height = Math.toIntExact(size[2]);
        int width = Math.toIntExact(size[3]);
        float[] all = pixels.getFloatBuffer().array();
        int elements = all.length / rows;
        for (int row = 0; row < wanted; row++) {
            decoded.add(new Pixels(
                    width, height, rows == 1 ? all : Arrays.copyOfRange(all, row * elements, (row + 1) * elements)));
        }
    }

    /** A buffer that nobody uses, larger than before where it must be. */
    private RowBuffer.Floats buffer(int rows, int elements) {
        RowBuffer.Floats free = buffers.poll();
        int needed = Math.multiplyExact(rows, elements);
        FloatBuffer numbers = free != null && free.buffer().capacity() >= needed
                ? free.buffer()
                : RowBuffer.floats(Arena.ofAuto(), rows, elements).buffer();
        return new RowBuffer.Floats(elements, numbers);
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

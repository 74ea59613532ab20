package dev.genfleet.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.TextEncoder;
import dev.genfleet.engine.device.TokenIds;
import dev.genfleet.engine.device.TokenVectors;
import dev.genfleet.model.ModelConditioning;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A text encoder as an ONNX Runtime session. Its inputs are direct buffers that are made once. A graph of a fixed batch is given
 * as many forwards as it needs, the last padded by repeating a caption.
 */
final class OrtTextEncoder implements TextEncoder {

    private static final int MOST_ROWS = 16;
    private static final int MOST_TOKENS = 4096;

    private final Arena arena = Arena.ofShared(); // another thread may close it than the one that uses it
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelConditioning.TextEncoder names;
    private final OptionalInt fixedRows;
    private final RowBuffer ids;
    private final Optional<RowBuffer> masks;
    private final Set<String> outputs = new LinkedHashSet<>();

    OrtTextEncoder(
            OrtEnvironment environment,
            OrtSession session,
            Map<String, TensorInfo> inputs,
            ModelConditioning.TextEncoder names) {
        this.environment = environment;
        this.session = session;
        this.names = names;
        this.fixedRows = FixedBatch.of(inputs.get(names.inputIds()));
        int rows = fixedRows.orElse(mostRows(names.tokens()));
        this.ids = RowBuffer.of(arena, inputs.get(names.inputIds()).type, rows, names.tokens());
        this.masks =
                names.attentionMask().map(name -> RowBuffer.of(arena, inputs.get(name).type, rows, names.tokens()));
        outputs.add(names.hiddenStates());
        names.pooled().ifPresent(outputs::add);
    }

    @Override
    public int mostRows() {
        return mostRows(names.tokens());
    }

    private static int mostRows(int tokens) {
        return Math.clamp(MOST_TOKENS / tokens, 1, MOST_ROWS);
    }

    @Override
    public List<TokenVectors> encode(List<TokenIds> captions) throws DeviceFault {
        int most = fixedRows.orElse(mostRows());
        List<TokenVectors> encoded = new ArrayList<>();
        for (int start = 0; start < captions.size(); start += most) {
            forward(captions.subList(start, Math.min(captions.size(), start + most)), encoded);
        }
        return encoded;
    }

    private void forward(List<TokenIds> captions, List<TokenVectors> encoded) throws DeviceFault {
        int rows = fixedRows.orElse(captions.size());
        for (int row = 0; row < rows; row++) {
            fill(row, captions.get(Math.min(row, captions.size() - 1)));
        }
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            inputs.put(names.inputIds(), ids.tensor(environment, 0, rows, rows, names.tokens()));
            if (masks.isPresent()) {
                inputs.put(
                        names.attentionMask().orElseThrow(),
                        masks.get().tensor(environment, 0, rows, rows, names.tokens()));
            }
            try (OrtSession.Result result = session.run(inputs, outputs)) {
                List<float[]> states = rows(result, names.hiddenStates(), rows);
                Optional<List<float[]>> pooled = Optional.empty();
                if (names.pooled().isPresent()) {
                    pooled = Optional.of(rows(result, names.pooled().get(), rows));
                }
                for (int row = 0; row < captions.size(); row++) {
                    int index = row;
                    encoded.add(new TokenVectors(
                            names.width(),
                            states.get(row),
                            captions.get(row).mask(),
                            pooled.map(vectors -> vectors.get(index))));
                }
            }
        } catch (OrtException | IllegalArgumentException e) {
            throw new DeviceFault(e.getMessage(), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private void fill(int row, TokenIds caption) {
        for (int token = 0; token < names.tokens(); token++) {
            ids.put(row, token, (double) caption.ids()[token]);
            double mask = (double) caption.mask()[token];
            int index = token;
            masks.ifPresent(buffer -> buffer.put(row, index, mask));
        }
    }

    private static List<float[]> rows(OrtSession.Result result, String output, int rows) {
        float[] values =
                ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer().array();
        int elements = values.length / rows;
        List<float[]> split = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            split.add(Arrays.copyOfRange(values, row * elements, (row + 1) * elements));
        }
        return split;
    }

    @Override
    public void close() {
        try (arena) {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the text encoder's session could not be closed", e);
        }
    }
}

package dev.genfleet.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.DeviceModels;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.TextEncoder;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.tile.TiledLatentDecoder;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.model.ModelConditioning;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Loads models onto one device with ONNX Runtime. */
public final class OrtDevice implements DeviceModels {

    private static final String NO_SPINNING = "0";

    private final OrtEnvironment environment;
    private final Device device;
    private final int denoiserThreads;
    private final int decoderThreads;

    private OrtDevice(OrtEnvironment environment, Device device, int denoiserThreads, int decoderThreads) {
        this.environment = environment;
        this.device = device;
        this.denoiserThreads = denoiserThreads;
        this.decoderThreads = decoderThreads;
    }

    /**
     * Looks whether the device is there.
     *
     * @param device processor or GPU
     * @param denoiserThreads threads within one operator of the denoiser, on the processor
     * @param decoderThreads threads within one operator of the latent decoder, on the processor
     * @throws EngineException {@code device_unavailable}, one sentence with the remedy
     */
    public static OrtDevice open(Device device, int denoiserThreads, int decoderThreads) throws EngineException {
        OrtTelemetry.disable();
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "genfleet");
        OrtDevice opened = new OrtDevice(environment, device, denoiserThreads, decoderThreads);
        if (device instanceof Device.Cuda) {
            if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
                throw unavailable(
                        device,
                        "this build has ONNX Runtime for the processor only; build with -Pcuda, or choose the device cpu",
                        null);
            }
            try (OrtSession.SessionOptions probe = opened.options(1)) {
                probe.getConfigEntries();
            } catch (OrtException e) {
                throw unavailable(
                        device,
                        "ONNX Runtime cannot use it; it needs an NVIDIA driver, CUDA 12 and cuDNN 9, or choose the device cpu",
                        e);
            }
        }
        return opened;
    }

    @Override
    public Denoiser denoiser(ModelPackage model) throws EngineException {
        var graph = model.manifest().denoiser();
        OrtSession session = session(model, graph.file(), denoiserThreads, graph.inputs(), Set.of(graph.output()));
        Map<String, TensorInfo> inputs = inputsOf(session, model.file(graph.file()));
        try {
            LatentAxes.check(model.manifest(), inputs.get(graph.latents()));
        } catch (EngineException e) {
            close(session);
            throw e;
        }
        return new OrtDenoiser(environment, session, inputs, model.manifest());
    }

    @Override
    public TextEncoder textEncoder(ModelPackage model, ModelConditioning.TextEncoder encoder) throws EngineException {
        Set<String> inputs = new TreeSet<>(Set.of(encoder.inputIds()));
        encoder.attentionMask().ifPresent(inputs::add);
        Set<String> outputs = new TreeSet<>(Set.of(encoder.hiddenStates()));
        encoder.pooled().ifPresent(outputs::add);
        OrtSession session = session(model, encoder.file(), decoderThreads, inputs, outputs);
        return new OrtTextEncoder(environment, session, inputsOf(session, model.file(encoder.file())), encoder);
    }

    @Override
    public LatentDecoder latentDecoder(ModelPackage model) throws EngineException {
        var graph = model.manifest().latentDecoder();
        OrtSession session =
                session(model, graph.file(), decoderThreads, Set.of(graph.input()), Set.of(graph.output()));
        var rows = FixedBatch.of(inputsOf(session, model.file(graph.file())).get(graph.input()));
        LatentDecoder whole = new OrtLatentDecoder(environment, session, rows, graph);
        return graph.tiling().isPresent()
                ? new TiledLatentDecoder(whole, graph.tiling().get())
                : whole;
    }

    private static Map<String, TensorInfo> inputsOf(OrtSession session, Path graph) throws EngineException {
        try {
            return GraphInputs.of(session, graph);
        } catch (EngineException e) {
            close(session);
            throw e;
        } catch (OrtException e) {
            close(session);
            throw notLoaded(graph, e);
        }
    }

    private OrtSession session(ModelPackage model, String file, int threads, Set<String> inputs, Set<String> outputs)
            throws EngineException {
        Path path = model.file(file);
        try (OrtSession.SessionOptions options = options(threads)) {
            OrtSession session = environment.createSession(path.toString(), options);
            if (!session.getInputNames().equals(inputs)
                    || !session.getOutputNames().containsAll(outputs)) {
                String found = session.getInputNames() + " and outputs " + session.getOutputNames();
                session.close();
                throw new EngineException(
                        ErrorCode.MODEL_UNAVAILABLE,
                        "The graph " + path + " has inputs " + found + ", but model.json names inputs " + inputs
                                + " and outputs " + outputs + ".");
            }
            return session;
        } catch (OrtException e) {
            if (blamesTheDevice(e)) {
                throw unavailable(device, "the model " + model.manifest().name() + " could not be loaded onto it", e);
            }
            throw notLoaded(path, e);
        }
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session could not be closed", e);
        }
    }

    private static EngineException notLoaded(Path path, OrtException e) {
        return new EngineException(
                ErrorCode.MODEL_UNAVAILABLE, "The graph " + path + " cannot be loaded: " + e.getMessage(), e);
    }

    private boolean blamesTheDevice(OrtException e) {
        return device instanceof Device.Cuda
                && e.getMessage() != null
                && e.getMessage().toUpperCase(Locale.ROOT).contains("CUDA");
    }

    private OrtSession.SessionOptions options(int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // Threads that spin while they wait take the cores that decoding, uploads and renewals need.
        options.addConfigEntry("session.intra_op.allow_spinning", NO_SPINNING);
        if (device instanceof Device.Cuda cuda) {
            options.addCUDA(cuda.ordinal());
        }
        return options;
    }

    private static EngineException unavailable(Device device, String why, OrtException cause) {
        String sentence = "The device " + device + " was asked for, but " + why + ".";
        return cause == null
                ? new EngineException(ErrorCode.DEVICE_UNAVAILABLE, sentence)
                : new EngineException(ErrorCode.DEVICE_UNAVAILABLE, sentence, cause);
    }
}

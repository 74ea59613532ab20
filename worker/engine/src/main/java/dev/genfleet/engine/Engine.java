package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceModels;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.onnx.OrtDevice;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.engine.text.CaptionCache;
import dev.genfleet.engine.text.CaptionEncoder;
import dev.genfleet.engine.text.Tokenizer;
import dev.genfleet.model.ModelConditioning;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of one device: its models, its loop's thread and its decode threads. */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long CACHED_CAPTION_BYTES = 64L << 20;

    private final Map<String, LoadedModel> models;
    private final EngineLoop loop;
    private final DecodeStage decodeStage;
    private final TextStage textStage;
    private final Semaphore signal = new Semaphore(0);
    private final Thread engineThread;
    private final Thread textThread;
    private final List<Thread> decodeThreads = new ArrayList<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    private Engine(EngineSettings settings, Map<String, LoadedModel> models, ForwardObserver observer) {
        this.models = models;
        this.decodeStage = new DecodeStage(models, settings.decodeQueue(), settings.device(), signal::release);
        this.loop = new EngineLoop(models, settings, InstantSource.system(), observer, decodeStage);
        this.textStage = new TextStage(models, new CaptionCache(CACHED_CAPTION_BYTES), this::admit);
        this.textThread = new Thread(this::runText, "text-" + settings.device());
        this.engineThread = new Thread(this::runEngine, "engine-" + settings.device());
        for (int i = 0; i < settings.decodeWorkers(); i++) {
            decodeThreads.add(new Thread(this::runDecode, "decode-" + settings.device() + "-" + i));
        }
    }

    /**
     * Loads every package onto the device and starts the threads. A package whose graph cannot be loaded is logged and left out;
     * its jobs are refused as {@code model_unavailable}.
     *
     * @throws EngineException {@code device_unavailable} when the device is not there, with the remedy
     */
    public static Engine start(EngineSettings settings, ModelPackages packages) throws EngineException {
        return start(settings, packages, ForwardObserver.none());
    }

    /** As {@link #start(EngineSettings, ModelPackages)}, with every forward told to {@code observer}. */
    public static Engine start(EngineSettings settings, ModelPackages packages, ForwardObserver observer)
            throws EngineException {
        DeviceModels device = OrtDevice.open(settings.device(), settings.denoiserThreads(), settings.decoderThreads());
        Engine engine = new Engine(settings, load(device, packages), observer);
        engine.engineThread.start();
        engine.textThread.start();
        engine.decodeThreads.forEach(Thread::start);
        return engine;
    }

    private static Map<String, LoadedModel> load(DeviceModels device, ModelPackages packages) throws EngineException {
        Map<String, LoadedModel> models = new LinkedHashMap<>();
        for (ModelPackage model : packages.packages()) {
            String digest = model.manifest().digest();
            if (models.containsKey(digest)) {
                continue;
            }
            try {
                models.put(digest, load(device, model));
                LOG.info("model loaded model={} digest={}", model.manifest().name(), digest);
            } catch (EngineException e) {
                switch (e.code()) {
                    case MODEL_UNAVAILABLE -> LOG.error("model left out: {}", e.getMessage(), e);
                    default -> throw e;
                }
            }
        }
        return models;
    }

    private static LoadedModel load(DeviceModels device, ModelPackage model) throws EngineException {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            LatentDecoder decoder = device.latentDecoder(model);
            opened.add(decoder);
            Optional<CaptionEncoder> captions = captionEncoder(device, model);
            captions.ifPresent(opened::add);
            return new LoadedModel(model.manifest(), device.denoiser(model), decoder, captions);
        } catch (EngineException e) {
            closeAll(opened, e);
            throw e;
        }
    }

    private static Optional<CaptionEncoder> captionEncoder(DeviceModels device, ModelPackage model)
            throws EngineException {
        if (!(model.manifest().conditioning() instanceof ModelConditioning.Captions captions)) {
            return Optional.empty();
        }
        List<CaptionEncoder.Part> parts = new ArrayList<>();
        try {
            for (ModelConditioning.TextEncoder encoder : captions.textEncoders()) {
                Tokenizer tokenizer =
                        Tokenizer.read(model.file(encoder.tokenizer()), encoder.tokens(), encoder.padId());
                parts.add(new CaptionEncoder.Part(tokenizer, device.textEncoder(model, encoder)));
            }
            return Optional.of(new CaptionEncoder(parts));
        } catch (EngineException e) {
            closeAll(List.of(new CaptionEncoder(parts)), e);
            throw e;
        }
    }

    private static void closeAll(List<AutoCloseable> opened, EngineException cause) {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }

    /** Digests of the models that it runs. */
    public List<String> digests() {
        return List.copyOf(models.keySet());
    }

    /**
     * Takes a generation; it joins the others at the next step boundary.
     *
     * @return its handle
     * @throws EngineException {@code model_unavailable} when this engine lacks the model's digest, {@code invalid_request} when
     *     the model cannot run the spec; the listener is told nothing then
     */
    public Run submit(Generation generation, GenerationListener listener) throws EngineException {
        if (closing.get()) {
            throw new IllegalStateException("the engine is closed");
        }
        ActiveGeneration planned = loop.plan(generation, listener);
        if (planned.plan().ofClasses().isPresent()) {
            admit(planned);
        } else {
            textStage.add(planned);
        }
        return planned;
    }

    private void admit(ActiveGeneration generation) {
        loop.admit(generation);
        signal.release();
    }

    private void runEngine() {
        while (!closing.get()) {
            try {
                if (!loop.runOnce()) {
                    signal.acquire();
                    signal.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                LOG.error("the engine failed; every generation under way is ended", e);
                loop.failAll(e);
            }
        }
    }

    private void runText() {
        try {
            while (!closing.get()) {
                textStage.runOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runDecode() {
        try {
            while (!closing.get()) {
                decodeStage.runOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops after the forward under way and frees the device. Finishes nothing and tells no listener: whoever wants generations
     * finished waits for them before. Idempotent.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        signal.release();
        textThread.interrupt();
        decodeThreads.forEach(Thread::interrupt);
        try {
            engineThread.join();
            textThread.join();
            for (Thread thread : decodeThreads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            // Threads may still use the native memory: better to leak it than to free it under them.
            Thread.currentThread().interrupt();
            return;
        }
        loop.close();
        models.values().forEach(LoadedModel::close);
    }
}

package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.DeviceModels;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.onnx.OrtDevice;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.engine.shelf.DeviceLoading;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.engine.shelf.Loan;
import dev.genfleet.engine.shelf.ModelShelf;
import dev.genfleet.engine.shelf.ModelStatus;
import dev.genfleet.engine.shelf.ShelfStatus;
import dev.genfleet.engine.shelf.Waiter;
import dev.genfleet.engine.text.CaptionCache;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.model.ModelManifest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of one device: its models, and the threads that load them, encode captions, denoise, decode and encode. */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long CACHED_CAPTION_BYTES = 64L << 20;

    private final EngineSettings settings;
    private final ModelShelf shelf;
    private final EngineLoop loop;
    private final DecodeStage decodeStage;
    private final TextStage textStage;
    private final Semaphore signal = new Semaphore(0);
    private final AtomicInteger rowsUnderWay = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final List<MediaStage> mediaStages = new ArrayList<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    private Engine(EngineSettings settings, ModelShelf shelf, ForwardObserver observer) {
        this.settings = settings;
        this.shelf = shelf;
        this.decodeStage = new DecodeStage(settings.decoding().queue(), signal::release);
        this.loop = new EngineLoop(shelf, settings.stepping(), Clocks.system(), observer, decodeStage);
        this.textStage = new TextStage(shelf, new CaptionCache(CACHED_CAPTION_BYTES), this::admit);
        threads.add(new Thread(this::runEngine, "engine-" + settings.name()));
        threads.add(new Thread(repeating(() -> shelf.runOnce(this::closeLanes)), "load-" + settings.name()));
        threads.add(new Thread(repeating(textStage::runOnce), "text-" + settings.name()));
        for (int i = 0; i < settings.decoding().workers(); i++) {
            DecodeBatch batch = settings.decoding().batch();
            MediaStage media = new MediaStage(batch.pixels(), settings.device());
            FrameDecoder decoder = new FrameDecoder(shelf, decodeStage, batch, media);
            String number = settings.name() + "-" + i;
            mediaStages.add(media);
            threads.add(new Thread(repeating(decoder::runOnce), "decode-" + number));
            threads.add(new Thread(repeating(media::runOnce), "encode-" + number));
        }
    }

    /**
     * Loads the pinned models onto the device, and the others in their order while they fit, and starts the threads. A package whose
     * graph cannot be loaded is logged and left out; its jobs are refused as {@code model_unavailable}.
     *
     * @throws EngineException {@code device_unavailable} when the device is not there, with the remedy; {@code model_unavailable}
     *     when the pinned models do not fit
     */
    public static Engine start(EngineSettings settings, ModelPackages packages) throws EngineException {
        return start(settings, packages, ForwardObserver.none());
    }

    /** As {@link #start(EngineSettings, ModelPackages)}, with every forward told to {@code observer}. */
    public static Engine start(EngineSettings settings, ModelPackages packages, ForwardObserver observer)
            throws EngineException {
        DeviceModels device = OrtDevice.open(
                settings.device(),
                settings.threads().denoiser(),
                settings.threads().decoder());
        ModelShelf shelf =
                ModelShelf.open(packages, settings.memory(), new DeviceLoading(device), InstantSource.system());
        Engine engine = new Engine(settings, shelf, observer);
        shelf.loaded().forEach(engine::warmUp);
        engine.threads.forEach(Thread::start);
        return engine;
    }

    /** On the thread that starts the engine, while no other uses the model. */
    private void warmUp(String digest) {
        try (Loan loan = shelf.borrow(digest).orElseThrow()) {
            LoadedModel model = loan.model();
            RowConditioning conditioning = model.captionEncoder().isPresent()
                    ? model.captionEncoder().get().encode(List.of("")).getFirst()
                    : new RowConditioning.OfClass(0);
            loop.warmUp(model, conditioning);
        } catch (DeviceFault e) {
            LOG.warn("the text encoder could not be warmed up digest={}", digest, e);
        }
    }

    /** What forwards of each model and latent shape were measured to take, by rows; any thread. */
    public List<RowTable> rowTables() {
        return loop.rowTables();
    }

    /** What log lines and heartbeats call it. */
    public String name() {
        return settings.name();
    }

    /** Digests of the models that it can run, loaded or not. */
    public List<String> digests() {
        return shelf.status().models().stream().map(ModelStatus::digest).toList();
    }

    /** Which models are on its device at this moment. */
    public ShelfStatus shelf() {
        return shelf.status();
    }

    /** Rows of a forward that the generations under way take together, from submission to their end. */
    public int rowsUnderWay() {
        return rowsUnderWay.get();
    }

    /**
     * Takes a generation; it joins the others at the next step boundary, or as soon as there is room for it.
     *
     * @return its handle
     * @throws EngineException {@code model_unavailable} when this engine lacks the model's digest or never has room for the job, {@code invalid_request} when
     *     the model cannot run the spec; the listener is told nothing then
     */
    public Run submit(Generation generation, GenerationListener listener) throws EngineException {
        if (closing.get()) {
            throw new IllegalStateException("the engine is closed");
        }
        GenerationSpec spec = generation.spec();
        ModelManifest model = shelf.manifest(spec.modelDigest())
                .orElseThrow(() -> new EngineException(
                        ErrorCode.MODEL_UNAVAILABLE,
                        "This worker has no model " + spec.model() + " of digest " + spec.modelDigest() + "."));
        Arrival arrival = new Arrival(loop.plan(generation, listener, model));
        arrival.submit();
        return arrival;
    }

    private void admit(ActiveGeneration generation) {
        loop.admit(generation);
        signal.release();
    }

    private void closeLanes(String digest) throws InterruptedException {
        CompletableFuture<Void> closed = loop.closeLanes(digest);
        signal.release();
        try {
            closed.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the lanes of model " + digest + " could not be closed", e);
        }
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

    /** A stage ends the generation that it fails with; what gets here is a fault of the stage itself, which goes on. */
    private Runnable repeating(Turn turn) {
        return () -> {
            while (!closing.get()) {
                try {
                    turn.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                } catch (RuntimeException | Error e) {
                    LOG.error("a stage of the engine failed; it goes on", e);
                }
            }
        };
    }

    /** What a thread beside the engine's does again and again. */
    @FunctionalInterface
    private interface Turn {
        void run() throws InterruptedException;
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
        // The engine's own thread is not interrupted: it ends after the forward under way.
        threads.stream().skip(1).forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            // Threads may still use the native memory: better to leak it than to free it under them.
            Thread.currentThread().interrupt();
            return;
        }
        loop.close();
        mediaStages.forEach(MediaStage::close);
        shelf.close();
    }

    /** A generation from its submission: waits for its model, then goes its way, and lets the model go when it has ended. */
    private final class Arrival implements Waiter, Run {

        private final ActiveGeneration planned;
        private final String digest;
        private final int rows;
        private volatile boolean holding;

        Arrival(ActiveGeneration planned) {
            this.planned = planned;
            this.digest = planned.spec().modelDigest();
            this.rows = planned.plan().mostRows() * planned.spec().images();
        }

        void submit() throws EngineException {
            planned.atEnd(this::ended);
            rowsUnderWay.addAndGet(rows);
            try {
                shelf.hold(digest, this);
            } catch (EngineException e) {
                rowsUnderWay.addAndGet(-rows);
                throw e;
            }
        }

        private void ended() {
            rowsUnderWay.addAndGet(-rows);
            if (holding) {
                shelf.release(digest);
            }
        }

        @Override
        public void ready() {
            holding = true;
            if (planned.plan().ofClasses().isPresent()) {
                admit(planned);
            } else {
                textStage.add(planned);
            }
        }

        @Override
        public void failed(EngineException fault) {
            planned.endFailed(fault);
        }

        @Override
        public void cancel() {
            planned.cancel();
            giveUpWaiting();
        }

        @Override
        public void suspend() {
            planned.suspend();
            giveUpWaiting();
        }

        /** One whose model is not there yet ends without it: the loop ends it before it takes a step. */
        private void giveUpWaiting() {
            if (shelf.withdraw(digest, this)) {
                admit(planned);
            }
        }
    }
}

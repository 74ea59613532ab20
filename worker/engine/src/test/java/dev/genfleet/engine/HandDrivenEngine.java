package dev.genfleet.engine;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.engine.shelf.Loan;
import dev.genfleet.engine.shelf.ModelLoans;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.Priority;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The loop and the decode stage without threads, on a scripted model and a manual clock. */
final class HandDrivenEngine {

    static final Duration PATIENCE = Duration.ofSeconds(2);
    static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(2);
    private static final int DECODE_QUEUE = 2;
    private static final long WORKING_MEMORY = 1 << 20;

    final ManualClock clock = new ManualClock();
    final ScriptedDenoiser denoiser = new ScriptedDenoiser();
    final List<Integer> rowsPerForward = new ArrayList<>();
    private final ModelManifest manifest;
    final DecodeStage decodeStage;
    final FrameDecoder frameDecoder;
    final EngineLoop loop;
    private int submitted;
    private int waiting;

    HandDrivenEngine(int maxRows) {
        this(maxRows, WORKING_MEMORY);
    }

    HandDrivenEngine(int maxRows, ModelManifest manifest) {
        this(maxRows, WORKING_MEMORY, manifest);
    }

    HandDrivenEngine(int maxRows, long workingMemory) {
        this(maxRows, workingMemory, Specs.manifest());
    }

    private HandDrivenEngine(int maxRows, long workingMemory, ModelManifest manifest) {
        this.manifest = manifest;
        LoadedModel model = new LoadedModel(manifest, denoiser, new EightfoldDecoder(), Optional.empty());
        ModelLoans models = _ -> Optional.of(new Loan(model, () -> {}));
        decodeStage = new DecodeStage(DECODE_QUEUE, () -> waiting--);
        frameDecoder = new FrameDecoder(
                models, decodeStage, DecodeBatch.on(new Device.Cpu()), new MediaStage(1, new Device.Cpu())::develop);
        loop = new EngineLoop(
                models,
                new EngineSettings.Stepping(maxRows, PATIENCE, RowChoice.FULL, workingMemory, CHECKPOINT_EVERY),
                new Clocks(clock, System::nanoTime),
                (rows, _, _) -> rowsPerForward.add(rows),
                decodeStage);
    }

    ActiveGeneration submit(Priority priority, GenerationSpec spec, GenerationListener listener)
            throws EngineException {
        return submit(new Generation("job-" + submitted++, spec, priority, clock.instant()), listener);
    }

    /** Submits a standard one that must start within {@code limit}. */
    ActiveGeneration submit(GenerationSpec spec, GenerationListener listener, Duration limit) throws EngineException {
        Optional<Instant> deadline = Optional.of(clock.instant().plus(limit));
        String id = "job-" + submitted++;
        return submit(
                new Generation(id, spec, Priority.STANDARD, clock.instant(), deadline, false, Optional.empty()),
                listener);
    }

    ActiveGeneration submit(Generation generation, GenerationListener listener) throws EngineException {
        ActiveGeneration planned = loop.plan(generation, listener, manifest);
        loop.admit(planned);
        return planned;
    }

    /** Ticks, each of {@code tick}, until nothing is left, and decodes {@code pictures}. */
    void finish(Duration tick, int pictures) throws InterruptedException {
        waiting = pictures;
        runOut(tick);
        while (waiting > 0) {
            frameDecoder.runOnce();
            runOut(tick);
        }
    }

    private void runOut(Duration tick) {
        while (loop.runOnce()) {
            clock.advance(tick);
        }
    }

    void ticks(int count) {
        for (int i = 0; i < count; i++) {
            loop.runOnce();
        }
    }

    /** Two pixels per latent cell, grey from the first channel. */
    private static final class EightfoldDecoder implements LatentDecoder {
        @Override
        public List<Pixels> decode(List<float[]> latents, LatentShape shape) {
            return latents.stream().map(each -> decode(each, shape)).toList();
        }

        private static Pixels decode(float[] latents, LatentShape shape) {
            int width = 2 * shape.width();
            int height = 2 * shape.height();
            float[] planes = new float[3 * width * height];
            for (int i = 0; i < planes.length; i++) {
                int x = i % width / 2;
                int y = i / width % height / 2;
                planes[i] = latents[y * shape.width() + x] / 10;
            }
            return new Pixels(width, height, planes);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}

package dev.genfleet.engine;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.Priority;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The loop and the decode stage without threads, on a scripted model and a manual clock. */
final class HandDrivenEngine {

    static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int DECODE_QUEUE = 2;

    final ManualClock clock = new ManualClock();
    final ScriptedDenoiser denoiser = new ScriptedDenoiser();
    final List<Integer> rowsPerForward = new ArrayList<>();
    final DecodeStage decodeStage;
    final EngineLoop loop;
    private int submitted;
    private int waiting;

    HandDrivenEngine(int maxRows) {
        this(maxRows, Specs.manifest());
    }

    HandDrivenEngine(int maxRows, ModelManifest manifest) {
        Map<String, LoadedModel> models =
                Map.of(Specs.DIGEST, new LoadedModel(manifest, denoiser, new EightfoldDecoder(), Optional.empty()));
        EngineSettings settings = new EngineSettings(new Device.Cpu(), 1, 1, maxRows, 1, DECODE_QUEUE, PATIENCE);
        decodeStage = new DecodeStage(models, DECODE_QUEUE, new Device.Cpu(), () -> waiting--);
        loop = new EngineLoop(models, settings, clock, (rows, _, _) -> rowsPerForward.add(rows), decodeStage);
    }

    ActiveGeneration submit(Priority priority, GenerationSpec spec, GenerationListener listener)
            throws EngineException {
        return submit(new Generation("job-" + submitted++, spec, priority, clock.instant()), listener);
    }

    ActiveGeneration submit(Generation generation, GenerationListener listener) throws EngineException {
        ActiveGeneration planned = loop.plan(generation, listener);
        loop.admit(planned);
        return planned;
    }

    /** Ticks, each of {@code tick}, until nothing is left, and decodes {@code pictures}. */
    void finish(Duration tick, int pictures) throws InterruptedException {
        waiting = pictures;
        while (loop.runOnce()) {
            clock.advance(tick);
        }
        while (waiting > 0) {
            decodeStage.runOnce();
            loop.runOnce();
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
        public Pixels decode(float[] latents, LatentShape shape) {
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

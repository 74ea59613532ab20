package dev.genfleet.engine;

import dev.genfleet.engine.device.Denoiser;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The loop under jobs of a thousand steps whose listeners do nothing, for whoever measures what a step costs. */
final class LongRun implements AutoCloseable {

    private static final int MAX_ROWS = 8;
    private static final int JOBS = 4;
    private static final int STEPS = 1000;

    private final LoadedModel model;
    private final EngineLoop loop;

    /**
     * A loop without jobs.
     *
     * @param denoiser of a class model; closed with this
     */
    LongRun(ModelManifest manifest, Denoiser denoiser, ForwardObserver observer) {
        model = new LoadedModel(manifest, denoiser, new NoDecoder(), Optional.empty());
        ModelLoans models = _ -> Optional.of(new Loan(model, () -> {}));
        EngineSettings.Stepping stepping = new EngineSettings.Stepping(
                MAX_ROWS, Duration.ofSeconds(2), RowChoice.MEASURED, 1 << 20, Duration.ZERO);
        Clocks clocks = new Clocks(InstantSource.system(), System::nanoTime);
        loop = new EngineLoop(models, stepping, clocks, observer, new DecodeStage(1 << 20, () -> {}));
    }

    /** A device whose forwards take no time. */
    static LongRun onNothing() {
        return new LongRun(
                Specs.manifest(),
                new SimulatedDevice(new ManualClock(), rows -> Duration.ZERO),
                ForwardObserver.none());
    }

    /** Runs {@code turns} turns; more guided jobs come when the others are done. */
    void turns(int turns) throws EngineException {
        for (int i = 0; i < turns; i++) {
            if (!loop.runOnce()) {
                submit();
                loop.runOnce();
            }
        }
    }

    private void submit() throws EngineException {
        GenerationSpec spec = Specs.of(model.manifest(), Specs.guided(1, STEPS));
        for (int job = 0; job < JOBS; job++) {
            loop.admit(loop.plan(
                    new Generation(
                            "job",
                            spec,
                            Priority.STANDARD,
                            InstantSource.system().instant()),
                    new Silent(),
                    model.manifest()));
        }
    }

    @Override
    public void close() {
        loop.close();
        model.close();
    }

    private static final class Silent implements GenerationListener {
        @Override
        public void stepped(int step, int steps) {}

        @Override
        public void finished(List<Picture> pictures) {}

        @Override
        public void canceled(int step) {}

        @Override
        public void expired() {}

        @Override
        public void failed(EngineException fault) {
            throw new AssertionError(fault);
        }
    }

    private static final class NoDecoder implements LatentDecoder {
        @Override
        public List<Pixels> decode(List<float[]> latents, LatentShape shape) {
            throw new AssertionError("nobody decodes");
        }

        @Override
        public void close() {}
    }
}

package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.RandomSchedule.Event;
import dev.genfleet.engine.ScheduledEngine.Job;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.onnx.Poison;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.Priority;
import dev.genfleet.model.ModelManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights with NaN, on ONNX Runtime: one class of a small real model is none. */
final class NumericalFaultTest {

    private static final int POISONED = 9;
    private static final int STEPS = 8;

    @TempDir
    private Path models;

    @Test
    void latentsThatAreNoNumbersEndTheirJobAndLeaveItsNeighboursBitForBit() throws Exception {
        Path folder = Files.createDirectory(models.resolve("tiny"));
        TinyPackage.write(folder, 64, 2, 1);
        Poison.label(folder.resolve("transformer/model.onnx"), POISONED, 11);
        ModelPackage sealed = TinyPackage.seal(folder);
        ModelManifest model = sealed.manifest();
        List<GenerationSpec> specs = List.of(
                Specs.of(model, Specs.guided(1, STEPS)),
                Specs.of(model, Specs.unguided(2, STEPS)),
                Specs.of(model, Specs.guided(POISONED, STEPS)));
        ScheduledEngine scheduled = new ScheduledEngine();
        EngineSettings settings =
                EngineSettings.on(new Device.Cpu()).withDenoiserThreads(1).withRowChoice(RowChoice.FULL);
        try (Engine engine = Engine.start(settings, ModelPackages.load(models), scheduled)) {
            scheduled.drive(engine);
            List<byte[]> first = alone(scheduled, specs, 0).files();
            List<byte[]> second = alone(scheduled, specs, 1).files();
            int before = scheduled.sharedForwards();

            Map<Integer, Job> jobs = scheduled.play(
                    new RandomSchedule(List.of(
                            new Event.Arrival(0, 0, 0, Priority.STANDARD),
                            new Event.Arrival(1, 1, 1, Priority.STANDARD),
                            new Event.Arrival(2, 2, 2, Priority.STANDARD),
                            new Event.Arrival(3, 3, 2, Priority.INTERACTIVE))),
                    specs);

            assertThat(scheduled.sharedForwards() - before).isGreaterThanOrEqualTo(STEPS - 1);
            assertThat(jobs.get(0).files()).containsExactlyElementsOf(first);
            assertThat(jobs.get(1).files()).containsExactlyElementsOf(second);
            for (int poisoned : List.of(2, 3)) {
                assertThat(jobs.get(poisoned).listener().told).containsExactly("failed numerical_fault");
                assertThat(jobs.get(poisoned).listener().pictures.exceptionNow())
                        .isInstanceOfSatisfying(
                                EngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NUMERICAL_FAULT))
                        .hasMessage("The latents of picture 0 are not finite numbers after step 1 of 8;"
                                + " model tiny diverges with these settings.");
            }
        }
    }

    private static Job alone(ScheduledEngine scheduled, List<GenerationSpec> specs, int spec) throws Exception {
        return scheduled
                .play(new RandomSchedule(List.of(new Event.Arrival(0, 0, spec, Priority.STANDARD))), specs)
                .get(0);
    }
}

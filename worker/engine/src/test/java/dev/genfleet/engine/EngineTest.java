package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.model.LatentShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine with its threads on ONNX Runtime, with a small real model. */
final class EngineTest {

    private static final List<Kind> KINDS = List.of(Kind.NONE, Kind.CFG, Kind.CFG_THREE_CHANNEL);
    private static final List<Priority> PRIORITIES = List.of(Priority.INTERACTIVE, Priority.STANDARD, Priority.BATCH);

    @TempDir
    static Path models;

    private static ModelPackage model;

    @BeforeAll
    static void writeModel() throws Exception {
        model = TinyPackage.write(Files.createDirectory(models.resolve("tiny")), 192, 3, 2);
    }

    /** The specs differ in label, seed, steps, scheduler, guidance and number of pictures; they are admitted at random moments. */
    @Test
    void everyPictureIsTheSameAloneAndAmongOthers() throws Exception {
        List<GenerationSpec> specs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Scheduler scheduler = i % 3 == 2 ? Scheduler.DDIM : Scheduler.DDPM;
            Kind kind = KINDS.get(i % KINDS.size());
            specs.add(Specs.of(
                    model.manifest(),
                    Specs.spec(i, 1 + i % 2, new SamplerSpec(scheduler, 5 + i, 0), new GuidanceSpec(kind, 4))));
        }
        List<List<byte[]>> alone = new ArrayList<>();
        try (Engine engine = Engine.start(settings(), ModelPackages.load(models))) {
            for (GenerationSpec spec : specs) {
                alone.add(files(submit(engine, spec, Priority.STANDARD)));
            }
        }
        Queue<Integer> samplesPerForward = new ConcurrentLinkedQueue<>();
        ForwardObserver observer = (_, samples, _) -> samplesPerForward.add(samples);
        Random random = new Random(3);
        try (Engine engine = Engine.start(settings(), ModelPackages.load(models), observer)) {
            List<RecordingListener> together = new ArrayList<>();
            for (GenerationSpec spec : specs) {
                int seen = samplesPerForward.size();
                int pause = random.nextInt(3);
                together.add(submit(engine, spec, PRIORITIES.get(random.nextInt(3))));
                while (samplesPerForward.size() < seen + pause) {
                    Thread.onSpinWait();
                }
            }
            for (int i = 0; i < specs.size(); i++) {
                assertThat(files(together.get(i))).as("spec %d", i).containsExactlyElementsOf(alone.get(i));
            }
        }
        assertThat(samplesPerForward).anyMatch(samples -> samples > 4);
    }

    @Test
    void theThreadsOfTheDenoiserDoNotChangeThePicture() throws Exception {
        GenerationSpec spec = Specs.of(model.manifest(), Specs.guided(2, 6));
        List<List<byte[]>> made = new ArrayList<>();
        for (int threads : new int[] {1, 2}) {
            try (Engine engine = Engine.start(settings().withDenoiserThreads(threads), ModelPackages.load(models))) {
                made.add(files(submit(engine, spec, Priority.STANDARD)));
            }
        }
        assertThat(made.get(0)).containsExactlyElementsOf(made.get(1));
    }

    @Test
    void modelsAreWarmBeforeJobsComeAndTheirForwardsMeasured() throws Exception {
        Queue<Integer> told = new ConcurrentLinkedQueue<>();
        EngineSettings measured = settings().withRowChoice(RowChoice.MEASURED);
        try (Engine engine = Engine.start(measured, ModelPackages.load(models), (rows, _, _) -> told.add(rows))) {
            assertThat(engine.rowTables()).singleElement().satisfies(table -> {
                assertThat(table.digest()).isEqualTo(model.manifest().digest());
                assertThat(table.shape()).isEqualTo(new LatentShape(4, 8, 8));
                assertThat(table.milliseconds()).containsKeys(1);
                assertThat(List.copyOf(table.milliseconds().values()))
                        .isSorted()
                        .allMatch(time -> time > 0);
            });
            assertThat(told).as("forwards of jobs").isEmpty();
            GenerationSpec spec = Specs.of(model.manifest(), Specs.guided(2, 6));
            assertThat(files(submit(engine, spec, Priority.STANDARD))).hasSize(1);
            assertThat(told).hasSize(6).containsOnly(2);
        }
    }

    @Test
    void closingIsIdempotentAndEndsSubmission() throws Exception {
        Engine engine = Engine.start(settings(), ModelPackages.load(models));
        assertThat(engine.digests()).containsExactly(model.manifest().digest());
        engine.close();
        engine.close();
        assertThatThrownBy(() -> submit(engine, Specs.unguided(1, 2), Priority.STANDARD))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cudaAskedForAndMissingIsOneSentence() {
        assertThatThrownBy(() -> Engine.start(
                        EngineSettings.on(Device.parse("cuda:0")), new ModelPackages(List.of(), List.of())))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEVICE_UNAVAILABLE))
                .hasMessageMatching("The device cuda:0 was asked for, but [^\n]*\\.");
    }

    @Test
    void aGraphThatCannotBeLoadedIsLeftOut(@TempDir Path broken) throws Exception {
        Path folder = Files.createDirectory(broken.resolve("broken"));
        TinyPackage.write(folder, 16, 2, 1);
        Files.writeString(folder.resolve("transformer/model.onnx"), "not a graph");
        ModelPackage sealed = TinyPackage.seal(folder);
        try (Engine engine = Engine.start(settings(), new ModelPackages(List.of(sealed, model), List.of()))) {
            assertThat(engine.digests()).containsExactly(model.manifest().digest());
            assertThatThrownBy(
                            () -> submit(engine, Specs.of(sealed.manifest(), Specs.unguided(1, 2)), Priority.STANDARD))
                    .hasMessage("This worker has no model tiny of digest "
                            + sealed.manifest().digest() + ".");
        }
    }

    private static EngineSettings settings() {
        return EngineSettings.on(new Device.Cpu()).withDenoiserThreads(2).withRowChoice(RowChoice.FULL);
    }

    private static RecordingListener submit(Engine engine, GenerationSpec spec, Priority priority)
            throws EngineException {
        RecordingListener listener = new RecordingListener();
        engine.submit(new Generation("job", spec, priority, Instant.EPOCH), listener);
        return listener;
    }

    private static List<byte[]> files(RecordingListener listener) throws Exception {
        return listener.pictures.get(2, TimeUnit.MINUTES).stream()
                .map(Picture::bytes)
                .toList();
    }
}

package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.onnx.TinyCaptionModel;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.engine.shelf.ModelMemory;
import dev.genfleet.engine.shelf.ModelStatus;
import dev.genfleet.engine.shelf.ModelStatus.State;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.model.ModelConditioning.NullText;
import dev.genfleet.model.ModelManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several small real models on devices that hold only some of them, with all threads. */
final class ManyModelsTest {

    @TempDir
    static Path models;

    private static ModelPackages packages;
    private static List<byte[]> expected;
    private static Map<String, Long> bytes;

    /** Two models of labels and one of captions; what each makes of the seeds 0 to 3 while all are loaded. */
    @BeforeAll
    static void writeModels() throws Exception {
        TinyPackage.write(Files.createDirectory(models.resolve("a")), "a", 64, 2, 1);
        TinyPackage.write(Files.createDirectory(models.resolve("b")), "b", 32, 2, 2);
        TinyCaptionModel.write(Files.createDirectory(models.resolve("c")), NullText.EMPTY_CAPTION);
        packages = ModelPackages.load(models);
        assertThat(packages.packages()).hasSize(3);
        expected = new ArrayList<>();
        try (Engine engine = Engine.start(settings(), packages)) {
            for (int job = 0; job < 12; job++) {
                expected.add(picture(submit(engine, spec(job))));
            }
            bytes = engine.shelf().models().stream().collect(Collectors.toMap(ModelStatus::name, ModelStatus::bytes));
        }
        assertThat(expected).doesNotHaveDuplicates();
    }

    @Test
    void modelsTakeTurnsWhereOnlyOneFits() throws Exception {
        try (Engine engine = Engine.start(roomForTheLargest(), packages)) {
            for (int job = 0; job < 12; job++) {
                assertThat(picture(submit(engine, spec(job)))).isEqualTo(expected.get(job));
                assertThat(loaded(engine.shelf().models()))
                        .contains(packages.packages().get(job % 3).manifest().name());
                assertThat(engine.shelf().used())
                        .isLessThanOrEqualTo(engine.shelf().budget().orElseThrow());
            }
            assertThat(engine.shelf().evictions()).isPositive();
        }
    }

    /** Some are canceled, some of them while their model is still on its way. */
    @Test
    void loadingAndLeavingDisturbsNobody() throws Exception {
        Random random = new Random(11);
        EngineSettings settings =
                roomForTheLargest().withDecoding(new EngineSettings.Decoding(2, 4, new DecodeBatch(2, 1 << 20)));
        try (Engine engine = Engine.start(settings, packages)) {
            for (int round = 0; round < 5; round++) {
                List<Integer> jobs = new ArrayList<>();
                List<RecordingListener> listeners = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    int job = random.nextInt(12);
                    RecordingListener listener = new RecordingListener();
                    Run run = engine.submit(generation(spec(job)), listener);
                    if (random.nextInt(4) == 0) {
                        run.cancel();
                    }
                    jobs.add(job);
                    listeners.add(listener);
                }
                int finished = 0;
                for (int i = 0; i < jobs.size(); i++) {
                    try {
                        assertThat(picture(listeners.get(i))).isEqualTo(expected.get(jobs.get(i)));
                        finished++;
                    } catch (CancellationException e) {
                        assertThat(listeners.get(i).last()).startsWith("canceled");
                    }
                }
                assertThat(finished).isGreaterThanOrEqualTo(10);
                assertThat(engine.shelf().used())
                        .isLessThanOrEqualTo(engine.shelf().budget().orElseThrow());
            }
            assertThat(engine.shelf().evictions()).isGreaterThan(5);
            assertThat(engine.rowsUnderWay()).isZero();
        }
    }

    @Test
    void aModelThatCannotBeLoadedFailsItsGenerationsOnly(@TempDir Path elsewhere) throws Exception {
        Path folder = Files.createDirectory(elsewhere.resolve("z"));
        TinyPackage.write(folder, "z", 16, 2, 1);
        ModelPackage broken = TinyPackage.seal(folder, "z");
        ModelPackage a = packages.packages().getFirst();
        EngineSettings roomForA = settings().withMemory(ModelMemory.unbounded().withBudget(bytes.get("a")));
        try (Engine engine = Engine.start(roomForA, new ModelPackages(List.of(a, broken), List.of()))) {
            Files.writeString(folder.resolve("vae_decoder/model.onnx"), "not a graph");
            RecordingListener failing = submit(engine, spec(broken.manifest(), 1));
            assertThatThrownBy(() -> picture(failing))
                    .cause()
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE))
                    .hasMessageContaining("vae_decoder");
            assertThatThrownBy(() -> submit(engine, spec(broken.manifest(), 1))).hasMessageContaining("vae_decoder");
            assertThat(picture(submit(engine, spec(0)))).isEqualTo(expected.getFirst());
            assertThat(engine.rowsUnderWay()).isZero();
        }
    }

    @Test
    void aPinnedModelNeedsNoSecondLoad() throws Exception {
        ModelMemory roomForOneMore = ModelMemory.unbounded()
                .withBudget(bytes.get("a") + Math.max(bytes.get("b"), bytes.get("tiny-captions")));
        EngineSettings settings = settings().withMemory(roomForOneMore.withPinned(Set.of("a")));
        try (Engine engine = Engine.start(settings, packages)) {
            for (int job = 0; job < 12; job++) {
                assertThat(picture(submit(engine, spec(job)))).isEqualTo(expected.get(job));
                assertThat(loaded(engine.shelf().models())).contains("a");
            }
        }
    }

    /** Each device's first forward waits for the other's, so the test ends only if both run at the same time. */
    @Test
    void twoDevicesRunAtTheSameTimeAndGiveTheSameBytes() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Map<String, Integer> forwards = new ConcurrentHashMap<>();
        ForwardObserver observer = (_, _, _) -> {
            if (forwards.merge(Thread.currentThread().getName(), 1, Integer::sum) == 1) {
                await(both);
            }
        };
        List<EngineSettings> devices =
                List.of(settings().withName("cpu-0"), settings().withName("cpu-1"));
        try (Engines engines = Engines.start(devices, packages, observer)) {
            List<RecordingListener> listeners = new ArrayList<>();
            for (int job = 0; job < 12; job++) {
                RecordingListener listener = new RecordingListener();
                engines.submit(generation(spec(job)), listener);
                listeners.add(listener);
            }
            for (int job = 0; job < 12; job++) {
                assertThat(picture(listeners.get(job))).isEqualTo(expected.get(job));
            }
            assertThat(forwards).containsOnlyKeys("engine-cpu-0", "engine-cpu-1");
            assertThat(engines.status()).extracting(DeviceStatus::name).containsExactly("cpu-0", "cpu-1");
            assertThat(engines.status()).extracting(DeviceStatus::rowsUnderWay).containsOnly(0);
        }
    }

    @Test
    void aModelIsLoadedOntoTheDeviceThatHasRoom() throws Exception {
        long small = bytes.get("a") + bytes.get("b");
        List<EngineSettings> devices = List.of(
                settings().withName("cpu-0").withMemory(ModelMemory.unbounded().withBudget(small)),
                settings()
                        .withName("cpu-1")
                        .withMemory(ModelMemory.unbounded().withBudget(small + bytes.get("tiny-captions"))));
        try (Engines engines = Engines.start(devices, packages, ForwardObserver.none())) {
            RecordingListener listener = new RecordingListener();
            engines.submit(generation(spec(2)), listener);
            assertThat(picture(listener)).isEqualTo(expected.get(2));
            assertThat(engines.status().getFirst().shelf().evictions()).isZero();
        }
    }

    /** Two models by turns, each loaded, run and dropped. */
    @Test
    void hundredsOfLoadsAndEvictionsTakeNoMoreMemory() throws Exception {
        try (Engine engine = Engine.start(roomForTheLargest(), packages)) {
            turns(engine, 100);
            long before = residentKilobytes();
            turns(engine, 300);
            long grown = residentKilobytes() - before;
            assertThat(engine.shelf().evictions()).isGreaterThan(300);
            long leaked = 150 * (bytes.get("a") + bytes.get("b")) / 1024;
            assertThat(grown).as("kB, of %s kB if every one leaked", leaked).isLessThan(leaked / 2);
        }
    }

    private static void turns(Engine engine, int count) throws Exception {
        for (int turn = 0; turn < count; turn++) {
            picture(submit(engine, spec(turn % 2)));
        }
    }

    private static long residentKilobytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("the other device does not run", e);
        }
    }

    private static EngineSettings settings() {
        return EngineSettings.on(new Device.Cpu()).withDenoiserThreads(1);
    }

    private static EngineSettings roomForTheLargest() {
        return settings()
                .withMemory(ModelMemory.unbounded()
                        .withBudget(bytes.values().stream().max(Long::compare).orElseThrow()));
    }

    private static List<String> loaded(List<ModelStatus> statuses) {
        return statuses.stream()
                .filter(model -> model.state() == State.LOADED)
                .map(ModelStatus::name)
                .toList();
    }

    /** Jobs go around the models; every round has another seed. */
    private static GenerationSpec spec(int job) {
        return spec(packages.packages().get(job % 3).manifest(), job / 3 * 10);
    }

    private static GenerationSpec spec(ModelManifest manifest, int seed) {
        Conditioning conditioning = manifest.labels().isEmpty()
                ? new Conditioning.Caption("a red circle", "")
                : new Conditioning.ClassLabel(1, manifest.labels().get(1));
        return new GenerationSpec(
                manifest.name(),
                manifest.digest(),
                conditioning,
                manifest.sizes().getFirst(),
                1 + seed / 10 % 2,
                seed,
                manifest.defaults().sampler(),
                new GuidanceSpec(GuidanceSpec.Kind.CFG, 3),
                OutputFormat.PNG);
    }

    private static Generation generation(GenerationSpec spec) {
        return new Generation("job", spec, Priority.STANDARD, Instant.EPOCH);
    }

    private static RecordingListener submit(Engine engine, GenerationSpec spec) throws EngineException {
        RecordingListener listener = new RecordingListener();
        engine.submit(generation(spec), listener);
        return listener;
    }

    private static byte[] picture(RecordingListener listener) throws Exception {
        return listener.pictures.get(2, TimeUnit.MINUTES).getLast().bytes();
    }
}

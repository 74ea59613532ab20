package dev.genfleet.engine.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.onnx.OrtDevice;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.engine.shelf.ModelStatus.State;
import dev.genfleet.fault.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shelf, its loading thread driven by hand, with small real models of equal size. */
final class ModelShelfTest {

    private static final LaneClosing NO_LANES = _ -> {};

    @TempDir
    static Path models;

    private static ModelPackages packages;
    private static long one;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final List<String> loads = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    @BeforeAll
    static void writeModels() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            TinyPackage.write(Files.createDirectory(models.resolve(name)), name, 32, 2, 1);
        }
        packages = ModelPackages.load(models);
        one = PackageWeights.bytes(packages.packages().getFirst());
    }

    @Test
    void withoutABoundEveryModelIsThereFromTheStart() throws Exception {
        try (ModelShelf shelf = open(ModelMemory.unbounded())) {
            assertThat(loads).containsExactly("a", "b", "c");
            assertThat(states(shelf)).containsValues(State.LOADED).doesNotContainValue(State.ON_DEMAND);
            assertThat(shelf.status().used()).isEqualTo(3 * one);
            assertThat(shelf.status().free()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void pinnedModelsComeFirstAndOthersWhileTheyFit() throws Exception {
        try (ModelShelf shelf = open(room(2).withPinned(Set.of("c")))) {
            assertThat(loads).containsExactly("c", "a");
            assertThat(states(shelf)).isEqualTo(Map.of("a", State.LOADED, "b", State.ON_DEMAND, "c", State.LOADED));
            assertThat(shelf.status().free()).isZero();
        }
    }

    @Test
    void aModelIsLoadedOnceForAllWhoWait() throws Exception {
        try (ModelShelf shelf = open(room(1))) {
            hold(shelf, "b", "first");
            hold(shelf, "b", "second");
            assertThat(told).isEmpty();
            assertThat(states(shelf)).containsEntry("b", State.LOADING);
            shelf.runOnce(NO_LANES);
            assertThat(told).containsExactly("first ready", "second ready");
            assertThat(loads).containsExactly("a", "b");
            assertThat(shelf.status().loads()).isEqualTo(2);
            assertThat(shelf.status().evictions()).isOne();
        }
    }

    @Test
    void theLeastRecentlyUsedLeaves() throws Exception {
        List<String> left = new ArrayList<>();
        try (ModelShelf shelf = open(room(2))) {
            use(shelf, "b");
            use(shelf, "a");
            hold(shelf, "c", "it");
            shelf.runOnce(digest -> left.add(name(digest)));
            assertThat(left).containsExactly("b");
            shelf.release(digest("c"));
            hold(shelf, "b", "it");
            shelf.runOnce(digest -> left.add(name(digest)));
            assertThat(left).containsExactly("b", "a");
            assertThat(states(shelf)).isEqualTo(Map.of("a", State.ON_DEMAND, "b", State.LOADED, "c", State.LOADED));
        }
    }

    @Test
    void aPinnedModelStaysHoweverLongItIsUnused() throws Exception {
        try (ModelShelf shelf = open(room(2).withPinned(Set.of("a")))) {
            for (String name : List.of("b", "c", "b", "c")) {
                hold(shelf, name, "it");
                if (!told.contains("it ready")) {
                    shelf.runOnce(NO_LANES);
                }
                told.clear();
                shelf.release(digest(name));
                assertThat(states(shelf)).containsEntry("a", State.LOADED);
            }
            assertThat(loads).containsExactly("a", "b", "c", "b", "c");
        }
    }

    @Test
    void amongModelsInUseTheOneAboutToLeaveTakesNobodyNewAndComesBackForThoseWhoWait() throws Exception {
        try (ModelShelf shelf = open(room(1))) {
            hold(shelf, "a", "old");
            hold(shelf, "b", "coming");
            CompletableFuture<Void> loading = CompletableFuture.runAsync(() -> run(shelf));
            while (states(shelf).get("a") != State.LEAVING) {
                Thread.onSpinWait();
            }
            hold(shelf, "a", "new");
            assertThat(told).containsExactly("old ready");
            shelf.release(digest("a"));
            loading.get(1, TimeUnit.MINUTES);
            assertThat(told).containsExactly("old ready", "coming ready");
            shelf.release(digest("b"));
            shelf.runOnce(NO_LANES);
            assertThat(told).containsExactly("old ready", "coming ready", "new ready");
        }
    }

    @Test
    void aModelStaysWhileAStageHasBorrowedIt() throws Exception {
        try (ModelShelf shelf = open(room(1))) {
            Loan loan = shelf.borrow(digest("a")).orElseThrow();
            hold(shelf, "b", "coming");
            CompletableFuture<Void> loading = CompletableFuture.runAsync(() -> run(shelf));
            while (states(shelf).get("a") != State.LEAVING) {
                Thread.onSpinWait();
            }
            assertThat(loading).isNotDone();
            loan.close();
            loading.get(1, TimeUnit.MINUTES);
            assertThat(shelf.borrow(digest("a"))).isEmpty();
        }
    }

    @Test
    void whoWithdrawsIsNotToldAndNeedsNoLoad() throws Exception {
        try (ModelShelf shelf = open(room(1))) {
            Waiter waiter = waiter("it");
            shelf.hold(digest("b"), waiter);
            assertThat(shelf.withdraw(digest("b"), waiter)).isTrue();
            assertThat(shelf.withdraw(digest("b"), waiter)).isFalse();
            shelf.runOnce(NO_LANES);
            assertThat(told).isEmpty();
            assertThat(loads).containsExactly("a");
            assertThat(states(shelf)).containsEntry("b", State.ON_DEMAND);
        }
    }

    @Test
    void aModelLargerThanTheDeviceMayHoldIsRefusedWithNumbers() throws Exception {
        try (ModelShelf shelf = open(ModelMemory.unbounded().withBudget(one - 1))) {
            assertThat(loads).isEmpty();
            assertThat(shelf.status().models()).isEmpty();
            assertThatThrownBy(() -> hold(shelf, "a", "it"))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE))
                    .hasMessageMatching(
                            "Model a takes about [0-9.]+ MB of the device's memory, but the models there may take"
                                    + " [0-9.]+ MB together\\.");
        }
    }

    @Test
    void pinnedModelsThatDoNotFitAreRefusedAtStart() {
        assertThatThrownBy(() -> open(room(1).withPinned(Set.of("a", "b"))))
                .hasMessageMatching(
                        "Model a takes about [0-9.]+ MB of the device's memory, but the models there may take"
                                + " [0-9.]+ MB together, and other pinned ones take [0-9.]+ MB\\.");
        assertThat(loads).isEmpty();
    }

    @Test
    void aLoadThatFailsIsRememberedForAWhile(@TempDir Path broken) throws Exception {
        Path folder = Files.createDirectory(broken.resolve("broken"));
        TinyPackage.write(folder, "broken", 16, 2, 1);
        byte[] graph = Files.readAllBytes(folder.resolve("transformer/model.onnx"));
        ModelPackage sealed = TinyPackage.seal(folder, "broken");
        ModelPackage a = packages.packages().getFirst();
        try (ModelShelf shelf = open(new ModelPackages(List.of(a, sealed), List.of()), room(1))) {
            Files.writeString(folder.resolve("transformer/model.onnx"), "not a graph");
            String digest = sealed.manifest().digest();
            shelf.hold(digest, waiter("first"));
            shelf.hold(digest, waiter("second"));
            shelf.runOnce(NO_LANES);
            assertThat(told)
                    .hasSize(2)
                    .allMatch(
                            words -> words.matches("(first|second) model_unavailable The graph .* cannot be loaded.*"));
            assertThat(states(shelf)).containsEntry("broken", State.FAILED);
            assertThatThrownBy(() -> shelf.hold(digest, waiter("third"))).hasMessageContaining("cannot be loaded");
            Files.write(folder.resolve("transformer/model.onnx"), graph);
            now.set(now.get().plus(ModelShelf.FAILURE_REMEMBERED).minus(Duration.ofNanos(1)));
            assertThatThrownBy(() -> shelf.hold(digest, waiter("third"))).hasMessageContaining("cannot be loaded");
            now.set(now.get().plus(Duration.ofNanos(1)));
            assertThat(states(shelf)).containsEntry("broken", State.ON_DEMAND);
            shelf.hold(digest, waiter("third"));
            shelf.runOnce(NO_LANES);
            assertThat(told).hasSize(3).last().isEqualTo("third ready");
        }
    }

    @Test
    void aLaneThatCannotBeClosedKeepsItsModelAndFailsWhoWaits() throws Exception {
        try (ModelShelf shelf = open(room(1))) {
            hold(shelf, "b", "it");
            shelf.runOnce(_ -> {
                throw new IllegalStateException("stuck");
            });
            assertThat(told)
                    .containsExactly(
                            "it model_unavailable Model b cannot be loaded: java.lang.IllegalStateException: stuck.");
            assertThat(states(shelf)).isEqualTo(Map.of("a", State.LOADED, "b", State.FAILED, "c", State.ON_DEMAND));
        }
    }

    @Test
    void weightsAreTheFilesBesideTheGraphs(@TempDir Path folder) throws Exception {
        TinyPackage.write(folder, 16, 2, 1);
        long graphs = Files.size(folder.resolve("transformer/model.onnx"))
                + Files.size(folder.resolve("vae_decoder/model.onnx"));
        Files.write(folder.resolve("transformer/weights.safetensors"), new byte[1000]);
        Files.write(Files.createDirectory(folder.resolve("tokenizer")).resolve("tokenizer.json"), new byte[5000]);
        assertThat(PackageWeights.bytes(TinyPackage.seal(folder)))
                .isEqualTo(Math.round((graphs + 1000) * PackageWeights.OVERHEAD));
    }

    private ModelShelf open(ModelMemory memory) throws EngineException {
        return open(packages, memory);
    }

    private ModelShelf open(ModelPackages given, ModelMemory memory) throws EngineException {
        ModelLoading loading = new DeviceLoading(OrtDevice.open(new Device.Cpu(), 1, 1));
        ModelLoading counted = model -> {
            LoadedModel loaded = loading.load(model);
            loads.add(model.manifest().name());
            return loaded;
        };
        return ModelShelf.open(given, memory, counted, now::get);
    }

    /** Room for so many of the models. */
    private static ModelMemory room(int count) {
        return ModelMemory.unbounded().withBudget(count * one);
    }

    private void hold(ModelShelf shelf, String name, String who) throws EngineException {
        shelf.hold(digest(name), waiter(who));
    }

    private void use(ModelShelf shelf, String name) throws EngineException {
        hold(shelf, name, "use");
        shelf.release(digest(name));
    }

    private static void run(ModelShelf shelf) {
        try {
            shelf.runOnce(NO_LANES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Waiter waiter(String who) {
        return new Waiter() {
            @Override
            public void ready() {
                told.add(who + " ready");
            }

            @Override
            public void failed(EngineException fault) {
                told.add(who + " " + fault.code().wireName() + " " + fault.getMessage());
            }
        };
    }

    private static Map<String, State> states(ModelShelf shelf) {
        return shelf.status().models().stream().collect(Collectors.toMap(ModelStatus::name, ModelStatus::state));
    }

    private static String digest(String name) {
        return packages.packages().stream()
                .map(ModelPackage::manifest)
                .filter(manifest -> manifest.name().equals(name))
                .findFirst()
                .orElseThrow()
                .digest();
    }

    private static String name(String digest) {
        Optional<ModelPackage> model = packages.byDigest(digest);
        return model.orElseThrow().manifest().name();
    }
}

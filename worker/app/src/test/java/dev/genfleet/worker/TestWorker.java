package dev.genfleet.worker;

import dev.genfleet.engine.DeviceStatus;
import dev.genfleet.engine.shelf.ModelStatus;
import dev.genfleet.engine.shelf.ModelStatus.State;
import dev.genfleet.engine.shelf.ShelfStatus;
import dev.genfleet.worker.config.WorkerSettings;
import dev.genfleet.worker.lease.KafkaShareGroup;
import dev.genfleet.worker.metrics.ForwardCounts;
import dev.genfleet.worker.testing.ScriptedGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real worker whose engine is a script. */
final class TestWorker implements AutoCloseable {

    private static final DeviceStatus DEVICE = new DeviceStatus(
            "cpu",
            0,
            new ShelfStatus(
                    Optional.empty(),
                    1000,
                    List.of(new ModelStatus(
                            "shapes", "sha256:" + "0".repeat(64), 1000, false, State.LOADED, Optional.empty())),
                    1,
                    0));

    private final Worker worker;
    private final ScriptedGenerator engine = new ScriptedGenerator();
    private final ForwardCounts forwards = new ForwardCounts();

    private TestWorker(WorkerSettings settings) throws Exception {
        List<KafkaShareGroup> groups = new ArrayList<>();
        for (String pool : settings.pools()) {
            groups.add(KafkaShareGroup.prepare(settings.kafka(), pool, settings.lease()));
        }
        worker = new Worker(
                settings,
                groups,
                new Worker.Engineering(engine, forwards, () -> List.of(DEVICE), () -> {}),
                InstantSource.system());
    }

    /** Starts and waits until it takes jobs. */
    static TestWorker start(Map<String, String> environment) throws Exception {
        TestWorker started = new TestWorker(WorkerSettings.read(environment));
        started.worker.start();
        if (!started.worker.awaitRunning(Duration.ofSeconds(30))) {
            throw new AssertionError("the worker does not run after 30 s");
        }
        return started;
    }

    ScriptedGenerator engine() {
        return engine;
    }

    ForwardCounts forwards() {
        return forwards;
    }

    /** For a process of its own that takes a job, plays its first step, says so, and then does nothing until it is killed. */
    static void main() throws Exception {
        try (TestWorker worker = start(System.getenv())) {
            worker.engine().next().steps(1, 1);
            System.out.println("first step ran");
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }

    @Override
    public void close() {
        worker.close();
    }
}

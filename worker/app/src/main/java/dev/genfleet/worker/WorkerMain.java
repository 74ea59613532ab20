package dev.genfleet.worker;

import dev.genfleet.worker.Worker.Engineering;
import dev.genfleet.worker.config.ConfigurationException;
import dev.genfleet.worker.config.WorkerSettings;
import dev.genfleet.worker.lease.KafkaShareGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's process. Configured by {@code GENFLEET_…} environment variables, see {@link WorkerSettings}; ends with the numbers
 * of {@link ExitCode}. SIGTERM and SIGINT put running jobs aside, which takes seconds, let those whose last step has run finish within
 * {@code GENFLEET_DRAIN_SECONDS}, and then end it with 0.
 */
public final class WorkerMain {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);
    private static final Duration RUNNING_WAIT = Duration.ofSeconds(60);

    private WorkerMain() {}

    /** Runs until told to stop. */
    public static void main(String[] arguments) {
        try {
            run(WorkerSettings.read(System.getenv()));
        } catch (ConfigurationException e) {
            e.problems().forEach(System.err::println);
            end(ExitCode.CONFIGURATION);
        } catch (StartException e) {
            System.err.println(e.getMessage());
            LOG.debug("the worker cannot start", e);
            end(e.code());
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("the worker ends", e);
            end(ExitCode.FAULT);
        }
    }

    private static void run(WorkerSettings settings) throws StartException, InterruptedException {
        Engineering engineering = EngineRoom.open(settings);
        List<KafkaShareGroup> groups = new ArrayList<>();
        for (String pool : settings.pools()) {
            groups.add(group(settings, pool));
        }
        Worker worker = new Worker(settings, groups, engineering, InstantSource.system());
        CountDownLatch stop = StopSignals.latch();
        worker.start();
        if (!worker.awaitRunning(RUNNING_WAIT)) {
            LOG.warn("slots do not run yet; is Kafka there, and are its topics made?");
        }
        settings.readyFile().ifPresent(file -> tellReady(file, settings.workerId()));
        LOG.atInfo()
                .addKeyValue("worker", settings.workerId())
                .addKeyValue("pools", settings.pools())
                .addKeyValue("slots", settings.slots().slots().size())
                .addKeyValue("device", settings.devices())
                .addKeyValue(
                        "metrics_port",
                        worker.metricsPort().map(Object::toString).orElse("off"))
                .log("ready");
        stop.await();
        worker.close();
        end(ExitCode.STOPPED);
    }

    private static KafkaShareGroup group(WorkerSettings settings, String pool)
            throws StartException, InterruptedException {
        try {
            return KafkaShareGroup.prepare(settings.kafka(), pool, settings.lease());
        } catch (IOException e) {
            throw new StartException(ExitCode.KAFKA, e.getMessage(), e);
        }
    }

    private static void end(ExitCode code) {
        Runtime.getRuntime().halt(code.number());
    }

    /** Whoever waits for the file finds it complete or not at all. */
    private static void tellReady(Path file, String workerId) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.writeString(draft, workerId + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.error("GENFLEET_READY_FILE is '{}', but it cannot be written", file, e);
        }
    }
}

package dev.genfleet.gateway.catalog;

import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.model.ModelManifest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The models by name. A package that is broken is logged once and left out; the others stay. */
@Singleton
public final class ModelCatalog {

    private static final Logger LOG = Logger.getLogger(ModelCatalog.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Path folder;
    private final Thread thread;
    private volatile Map<String, ModelManifest> models = Map.of();
    private volatile boolean stopping;
    private Map<Path, String> stamps = Map.of();

    @Inject
    ModelCatalog(GatewayConfig config) {
        this(config.modelsDir());
    }

    ModelCatalog(Path folder) {
        this.folder = folder;
        this.thread = Thread.ofPlatform().name("catalog").daemon().unstarted(this::run);
    }

    /** Reads the folder once, then looks after it. */
    public void start() {
        runOnce();
        thread.start();
    }

    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** The model of this name. */
    public Optional<ModelManifest> find(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /** All models by name. */
    public Collection<ModelManifest> all() {
        return models.values();
    }

    /** The pools that serve the models. */
    public Set<String> pools() {
        return models.values().stream().map(ModelManifest::pool).collect(Collectors.toSet());
    }

    /** Reads the packages again if one of them has changed. */
    void runOnce() {
        Map<Path, String> now = new HashMap<>();
        for (Path candidate : subFolders()) {
            PackageFolder.stamp(candidate).ifPresent(stamp -> now.put(candidate, stamp));
        }
        if (!now.equals(stamps)) {
            stamps = now;
            models = read(now.keySet().stream().sorted().toList());
            LOG.infof("models folder=%s names=%s", folder, models.keySet());
        }
    }

    private static Map<String, ModelManifest> read(List<Path> folders) {
        Map<String, ModelManifest> found = new TreeMap<>();
        for (Path package_ : folders) {
            try {
                ModelManifest manifest = PackageFolder.read(package_);
                ModelManifest first = found.putIfAbsent(manifest.name(), manifest);
                if (first != null) {
                    LOG.warnf("model left out package=%s reason=another package is named %s", package_, first.name());
                }
            } catch (IOException | RuntimeException e) {
                LOG.warnf("model left out package=%s reason=%s", package_, e.getMessage());
            }
        }
        return Collections.unmodifiableMap(found);
    }

    private List<Path> subFolders() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private void run() {
        while (!stopping) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            runOnce();
        }
    }
}

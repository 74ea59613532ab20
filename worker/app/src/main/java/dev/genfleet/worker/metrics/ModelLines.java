package dev.genfleet.worker.metrics;

import dev.genfleet.engine.DeviceStatus;
import dev.genfleet.engine.shelf.ModelStatus;
import dev.genfleet.engine.shelf.ModelStatus.State;
import dev.genfleet.engine.shelf.ShelfStatus;
import java.util.List;
import java.util.function.Function;

/** What the metrics page says about the models on each device. */
final class ModelLines {

    private static final List<Metric> METRICS = List.of(
            new Metric("genfleet_models_loaded", "gauge", "Models on a device.", shelf -> shelf.models().stream()
                    .filter(ModelLines::loaded)
                    .count()),
            new Metric(
                    "genfleet_model_bytes",
                    "gauge",
                    "Bytes of the models on a device, by estimate.",
                    ShelfStatus::used),
            new Metric("genfleet_model_loads_total", "counter", "Loads of models.", ShelfStatus::loads),
            new Metric(
                    "genfleet_model_evictions_total",
                    "counter",
                    "Models that left for another.",
                    ShelfStatus::evictions));

    private ModelLines() {}

    static String text(List<DeviceStatus> devices) {
        StringBuilder page = new StringBuilder();
        page.append("# HELP genfleet_model_loaded Whether a model is on a device.\n");
        page.append("# TYPE genfleet_model_loaded gauge\n");
        for (DeviceStatus device : devices) {
            for (ModelStatus model : device.shelf().models()) {
                page.append("genfleet_model_loaded{device=\"%s\",model=\"%s\",digest=\"%s\"} %d%n"
                        .formatted(device.name(), model.name(), model.digest(), loaded(model) ? 1 : 0));
            }
        }
        for (Metric metric : METRICS) {
            page.append("# HELP %s %s%n# TYPE %s %s%n"
                    .formatted(metric.name(), metric.help(), metric.name(), metric.type()));
            for (DeviceStatus device : devices) {
                page.append("%s{device=\"%s\"} %d%n"
                        .formatted(metric.name(), device.name(), metric.value().apply(device.shelf())));
            }
        }
        return page.toString();
    }

    private static boolean loaded(ModelStatus model) {
        return model.state() == State.LOADED || model.state() == State.LEAVING;
    }

    private record Metric(String name, String type, String help, Function<ShelfStatus, Long> value) {}
}

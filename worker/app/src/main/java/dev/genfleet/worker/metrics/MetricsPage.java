package dev.genfleet.worker.metrics;

import com.sun.net.httpserver.HttpServer;
import dev.genfleet.engine.DeviceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Serves {@code /metrics} in Prometheus' text form. */
public final class MetricsPage implements AutoCloseable {

    private final HttpServer server;

    private MetricsPage(HttpServer server) {
        this.server = server;
    }

    /**
     * Serves until closed.
     *
     * @param port TCP port on every interface; 0 takes a free one
     * @param devices asked for each page
     */
    public static MetricsPage serve(
            int port, JobCounts jobs, ForwardCounts forwards, Supplier<List<DeviceStatus>> devices) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
            server.createContext("/metrics", exchange -> {
                String text = text(jobs, forwards.snapshot()) + ModelLines.text(devices.get());
                byte[] body = text.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(200, body.length);
                try (var out = exchange.getResponseBody()) {
                    out.write(body);
                }
            });
            server.start();
            return new MetricsPage(server);
        } catch (IOException e) {
            throw new UncheckedIOException("metrics cannot be served on port " + port, e);
        }
    }

    /** The port in use. */
    public int port() {
        return server.getAddress().getPort();
    }

    static String text(JobCounts jobs, ForwardCounts.Snapshot forwards) {
        StringBuilder page = new StringBuilder();
        page.append("# HELP genfleet_attempts_total Attempts at jobs by how they ended.\n");
        page.append("# TYPE genfleet_attempts_total counter\n");
        for (JobCounts.Ending ending : JobCounts.Ending.values()) {
            page.append("genfleet_attempts_total{ending=\"%s\"} %d%n".formatted(ending.label(), jobs.of(ending)));
        }
        page.append("# HELP genfleet_forward_rows Rows of each forward of the denoiser.\n");
        page.append("# TYPE genfleet_forward_rows histogram\n");
        long below = 0;
        for (var bucket : forwards.rowsHistogram().entrySet()) {
            below += bucket.getValue();
            page.append("genfleet_forward_rows_bucket{le=\"%d\"} %d%n".formatted(bucket.getKey(), below));
        }
        page.append("genfleet_forward_rows_bucket{le=\"+Inf\"} %d%n".formatted(forwards.forwards()));
        page.append("genfleet_forward_rows_sum %d%n".formatted(forwards.rows()));
        page.append("genfleet_forward_rows_count %d%n".formatted(forwards.forwards()));
        page.append("# HELP genfleet_forward_seconds Time in forwards of the denoiser.\n");
        page.append("# TYPE genfleet_forward_seconds summary\n");
        page.append("genfleet_forward_seconds_sum " + forwards.seconds() + "\n");
        page.append("genfleet_forward_seconds_count %d%n".formatted(forwards.forwards()));
        return page.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

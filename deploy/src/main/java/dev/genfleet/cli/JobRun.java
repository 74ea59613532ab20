package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Submits jobs, follows them to their ends, saves their pictures and says how it went. */
final class JobRun {

    private final GatewayClient gateway;
    private final Terminal terminal;

    JobRun(GatewayClient gateway, Terminal terminal) {
        this.gateway = gateway;
        this.terminal = terminal;
    }

    /**
     * Submits a job.
     *
     * @return its id
     */
    String submit(ObjectNode request) throws CommandFailure, InterruptedException {
        JsonNode submitted = gateway.submit(request);
        String id = submitted.path("id").asText();
        terminal.line("job " + id + ": " + subject(submitted) + ", seed "
                + submitted.path("input").path("seed").asText());
        return id;
    }

    /**
     * Follows a job and saves what comes out.
     *
     * @throws CommandFailure when the job ended without pictures, or they could not be saved
     */
    void finish(String id, GenerateOptions options) throws CommandFailure, InterruptedException {
        JsonNode job = new JobFollower(gateway, new ProgressBar(terminal)).await(id, options.timeout());
        String state = job.path("state").asText();
        if (!state.equals("succeeded")) {
            List<String> why = ProblemText.sentences(job.path("error"));
            throw new CommandFailure(
                    "job " + id + " is " + state + (why.isEmpty() ? "" : ": " + String.join(" ", why)));
        }
        for (Path file : new Pictures(gateway).save(job, options.out)) {
            terminal.line("saved " + file.toAbsolutePath().normalize());
        }
        terminal.line(timing(job));
    }

    private static String subject(JsonNode job) {
        JsonNode input = job.path("input");
        String what = input.path("class_label").asText(input.path("prompt").asText());
        return "\"" + what + "\" with " + job.path("model").asText() + ", "
                + (input.has("num_frames") ? input.path("num_frames").asText() + " frames, " : "")
                + input.path("num_inference_steps").asText() + " steps of "
                + input.path("scheduler").asText();
    }

    static String timing(JsonNode job) {
        JsonNode metrics = job.path("metrics");
        List<String> words = new ArrayList<>();
        number(metrics, "queue_seconds").ifPresent(seconds -> words.add(decimal("queued %.2f s", seconds)));
        number(metrics, "run_seconds").ifPresent(seconds -> words.add(decimal("ran %.2f s", seconds)));
        number(metrics, "steps_per_second").ifPresent(rate -> words.add(decimal("%.1f steps per second", rate)));
        return String.join(", ", words);
    }

    private static Optional<Double> number(JsonNode metrics, String name) {
        return metrics.path(name).isNumber() ? Optional.of(metrics.path(name).doubleValue()) : Optional.empty();
    }

    private static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}

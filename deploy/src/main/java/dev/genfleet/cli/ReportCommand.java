package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.samples.Agreement;
import dev.genfleet.samples.Label;
import dev.genfleet.samples.Scene;
import dev.genfleet.samples.SceneJudge;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Every class of a sample model through a running fleet, judged by the program that knows how the shapes are drawn. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Makes pictures of all 64 classes of a sample model with a fleet that runs, has them judged, and prints how many"
                    + " are right and what the wrong ones show.",
            "Writes all of them side by side into one PNG, a row for each colour."
        })
final class ReportCommand implements Callable<Integer> {

    private static final int SIDE = 64;
    private static final int COLUMNS = 8;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Terminal SILENT = new Terminal(new PrintWriter(Writer.nullWriter()), Terminal.Mode.LINES);

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", defaultValue = "shapes-dit", description = "Model (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--seed",
            defaultValue = "1000",
            description = "Seed of the first class; each class has the next (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--steps", paramLabel = "N", description = "Denoising steps (default: the model's).")
    private Optional<Integer> steps = Optional.empty();

    @Option(names = "--guidance-scale", paramLabel = "S", description = "Guidance scale (default: the model's).")
    private Optional<Double> guidanceScale = Optional.empty();

    @Option(names = "--out", defaultValue = "report.png", description = "The sheet (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Override
    public Integer call() throws Exception {
        PrintWriter terminal = spec.commandLine().getOut();
        BufferedImage sheet = new BufferedImage(COLUMNS * SIDE, COLUMNS * SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = sheet.createGraphics();
        int right = 0;
        try (GatewayClient gateway = Target.gateway()) {
            List<String> jobs = submit(gateway);
            for (int i = 0; i < jobs.size(); i++) {
                Label label = Label.CLASSES.get(i);
                BufferedImage picture = picture(gateway, jobs.get(i));
                canvas.drawImage(picture, i % COLUMNS * SIDE, i / COLUMNS * SIDE, SIDE, SIDE, null);
                Agreement agreement = SceneJudge.judge(new Scene.Labelled(label), List.of(picture));
                if (agreement.allRight()) {
                    right++;
                } else {
                    terminal.println("asked for a " + label + ", the judge sees " + agreement.seen());
                }
            }
        } finally {
            canvas.dispose();
        }
        write(sheet);
        terminal.printf(
                Locale.ROOT,
                "%s: %d of %d pictures are right (%.1f %%); they are in %s%n",
                model,
                right,
                Label.CLASSES.size(),
                100.0 * right / Label.CLASSES.size(),
                out);
        terminal.flush();
        return 0;
    }

    private List<String> submit(GatewayClient gateway) throws CommandFailure, InterruptedException {
        List<String> jobs = new ArrayList<>();
        for (Label label : Label.CLASSES) {
            ObjectNode request = JsonNodeFactory.instance.objectNode().put("model", model);
            ObjectNode input = request.putObject("input")
                    .put("class_label", label.toString())
                    .put("seed", seed + jobs.size());
            steps.ifPresent(number -> input.put("num_inference_steps", number));
            guidanceScale.ifPresent(scale -> input.put("guidance_scale", scale));
            jobs.add(gateway.submit(request).path("id").asText());
        }
        return jobs;
    }

    private BufferedImage picture(GatewayClient gateway, String id) throws CommandFailure, InterruptedException {
        JsonNode job = new JobFollower(gateway, new ProgressBar(SILENT)).await(id, LIMIT);
        if (!job.path("state").asText().equals("succeeded")) {
            throw new CommandFailure("job " + id + " is " + job.path("state").asText());
        }
        URI link = URI.create(job.path("outputs").path(0).path("url").asText());
        try {
            return ImageIO.read(new ByteArrayInputStream(gateway.download(link)));
        } catch (IOException e) {
            throw new CommandFailure("the picture of job " + id + " is no PNG: " + e.getMessage(), e);
        }
    }

    private void write(BufferedImage sheet) throws CommandFailure {
        try {
            Path folder = out.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            ImageIO.write(sheet, "png", out.toFile());
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + out + ": " + e.getMessage(), e);
        }
    }
}

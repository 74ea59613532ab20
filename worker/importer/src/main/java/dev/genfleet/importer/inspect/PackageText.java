package dev.genfleet.importer.inspect;

import dev.genfleet.importer.census.GraphCensus;
import dev.genfleet.importer.census.GraphPort;
import dev.genfleet.importer.census.Macs;
import dev.genfleet.importer.census.StoredWeights;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints a report for people. */
public final class PackageText {

    private static final int MOST_OPERATORS = 8;

    private final PackageReport report;
    private final ModelManifest manifest;
    private final List<String> lines = new ArrayList<>();

    private PackageText(PackageReport report) {
        this.report = report;
        this.manifest = report.manifest();
    }

    /** The whole report, without a line break at its end. */
    public static String of(PackageReport report) {
        PackageText text = new PackageText(report);
        text.model();
        for (GraphReport graph : report.graphs()) {
            text.lines.add("");
            text.lines.add(graph.file());
            switch (graph) {
                case GraphReport.Counted counted -> text.graph(counted.file(), counted.census());
                case GraphReport.Uncounted uncounted -> text.line("not counted", uncounted.why());
            }
        }
        if (!report.faults().isEmpty()) {
            text.lines.add("");
            text.lines.add("not in order");
            report.faults().forEach(fault -> text.lines.add("  " + fault));
        }
        return String.join("\n", text.lines);
    }

    private void model() {
        lines.add(manifest.name());
        line("family", manifest.family() + ", served by pool " + manifest.pool());
        line("digest", manifest.digest());
        line("files", manifest.files().size() + ", " + Quantity.bytes(report.bytes()));
        conditioning();
        line(
                "sizes",
                manifest.sizes().stream().map(Object::toString).collect(Collectors.joining(", "))
                        + (manifest.sizes().size() > 1 ? "; the first is the default" : "")
                        + manifest.openSizes()
                                .map(open -> "; any multiples of " + open.multiple() + " up to " + open.maxSide())
                                .orElse(""));
        LatentShape latent = manifest.latentShape(manifest.sizes().getFirst());
        line(
                "latents",
                latent.channels() + "x" + latent.height() + "x" + latent.width() + ", scaling factor "
                        + manifest.latent().scalingFactor());
        line("trained with", SamplingText.process(manifest));
        SamplerSpec sampler = manifest.defaults().sampler();
        line(
                "defaults",
                SamplingText.scheduler(manifest) + ", " + sampler.steps() + " steps, eta " + sampler.eta() + ", "
                        + guidance(manifest.defaults().guidance()));
        line(
                "limits",
                manifest.limits().maxSteps() + " steps, " + manifest.limits().maxImages()
                        + " pictures a job, guidance scale "
                        + manifest.limits().maxGuidanceScale() + ", "
                        + manifest.limits().schedulers().stream()
                                .map(SamplerSpec.Scheduler::wireName)
                                .collect(Collectors.joining(", ")));
        cost().ifPresent(cost -> line("one picture", cost));
    }

    private void conditioning() {
        switch (manifest.conditioning()) {
            case ModelConditioning.ClassLabels classes ->
                line(
                        "labels",
                        classes.labels().size()
                                + classes.nullClass()
                                        .map(index -> ", class " + index + " means none")
                                        .orElse(", none that means no class"));
            case ModelConditioning.Captions captions ->
                line(
                        "captions",
                        captions.textEncoders().stream()
                                        .map(encoder -> encoder.file() + " of " + encoder.tokens() + " tokens")
                                        .collect(Collectors.joining(", "))
                                + "; no caption is "
                                + (captions.nullText() == ModelConditioning.NullText.ZEROS
                                        ? "zeros"
                                        : "the empty one"));
        }
        manifest.video()
                .ifPresent(video -> line(
                        "video",
                        video.frames() + " frames at " + video.fps() + " a second, at most " + video.maxFrames()));
    }

    private static String guidance(GuidanceSpec guidance) {
        return guidance.kind() == GuidanceSpec.Kind.NONE
                ? "no guidance"
                : "guidance " + guidance.kind().wireName() + " of scale " + guidance.scale();
    }

    private Optional<String> cost() {
        Optional<Long> step = report.census(manifest.denoiser().file())
                .map(census -> census.macs().total());
        Optional<Long> decoder = report.census(manifest.latentDecoder().file())
                .map(census -> census.macs().total());
        int steps = manifest.defaults().sampler().steps();
        int forwards =
                switch (manifest.defaults().guidance().kind()) {
                    case NONE -> 1;
                    case CFG, CFG_THREE_CHANNEL -> 2;
                    case MOTION_FREE -> 3;
                };
        return step.flatMap(denoising -> decoder.map(
                decoding -> Quantity.of((double) denoising * steps * forwards + decoding) + " MACs by default: " + steps
                        + " steps of " + (forwards == 1 ? "one forward" : forwards + " forwards (guidance)")
                        + ", then the decoder"));
    }

    private void graph(String file, GraphCensus census) {
        line("parameters", Quantity.of(census.parameters()) + " (" + census.parameters() + ")");
        line("weights", weights(census.weights()));
        line(
                "MACs",
                Quantity.of(census.macs().total())
                        + (file.equals(manifest.denoiser().file()) ? " a forward of one sample" : " a sample") + " at "
                        + manifest.sizes().getFirst() + kinds(census.macs()));
        int width = Stream.concat(census.inputs().stream(), census.outputs().stream())
                .mapToInt(port -> port.name().length())
                .max()
                .orElse(1);
        ports("inputs", census.inputs(), width);
        ports("outputs", census.outputs(), width);
        census.operators().forEach((domain, counts) -> {
            int nodes = counts.values().stream().mapToInt(Integer::intValue).sum();
            line(
                    domain.isEmpty() ? "operators" : "",
                    (domain.isEmpty() ? "ONNX" : domain) + " opset "
                            + Optional.ofNullable(census.opsets().get(domain))
                                    .map(Object::toString)
                                    .orElse("unsaid")
                            + ", " + nodes + (nodes == 1 ? " node: " : " nodes: ") + busiest(counts));
        });
    }

    private static String weights(StoredWeights weights) {
        return weights.regions().isEmpty()
                ? "in the graph itself"
                : String.join(", ", weights.files()) + ", " + Quantity.bytes(weights.bytes()) + " read as "
                        + String.join(" and ", weights.types());
    }

    private static String kinds(Macs macs) {
        List<String> kinds = new ArrayList<>();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("linear layers", macs.linear());
        counts.put("attention", macs.attention());
        counts.put("convolutions", macs.convolution());
        counts.put("other products", macs.products());
        counts.forEach((kind, count) -> {
            if (count > 0) {
                kinds.add(kind + " " + Quantity.of(count));
            }
        });
        return kinds.isEmpty() ? "" : ": " + String.join(", ", kinds);
    }

    private void ports(String title, List<GraphPort> ports, int width) {
        for (int i = 0; i < ports.size(); i++) {
            GraphPort port = ports.get(i);
            line(
                    i == 0 ? title : "",
                    String.format(
                            Locale.ROOT,
                            "%-" + width + "s  %-5s  [%s]",
                            port.name(),
                            port.type(),
                            String.join(", ", port.declared())));
        }
    }

    private static String busiest(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_OPERATORS)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(
                        ", ",
                        "",
                        counts.size() > MOST_OPERATORS
                                ? " and " + (counts.size() - MOST_OPERATORS) + " operators more"
                                : ""));
    }

    private void line(String title, String text) {
        lines.add(String.format(Locale.ROOT, "  %-13s%s", title, text));
    }
}

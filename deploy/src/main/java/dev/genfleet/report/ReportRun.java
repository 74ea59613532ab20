package dev.genfleet.report;

import dev.genfleet.samples.HeldOut;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Makes a report with a fleet. */
public final class ReportRun {

    private static final List<Section> SECTIONS = List.of(
            new CaptionsSection(),
            new ClassesSection(SampleNames.DIT),
            new ClassesSection(SampleNames.DIFFUSSM),
            new VideoSection(),
            new MotionFreeSection(),
            new SamplersSection(),
            new PrecisionSection(),
            new TogetherSection());

    /** What sections can be chosen by, in their order. */
    public static final List<String> NAMES =
            SECTIONS.stream().map(Section::name).distinct().toList();

    private final Plan plan;
    private final List<Section> sections;

    /**
     * A run.
     *
     * @param seed draws the scenes and, counted up, their noise
     * @param count scenes of a set, classes among them; where empty, each set's own number
     * @param names of sections; all of them where empty
     * @param heldOut what the models have not seen in training
     * @throws IllegalArgumentException naming an argument, its value and what is allowed
     */
    public ReportRun(long seed, OptionalInt count, Set<String> names, HeldOut heldOut) {
        for (String name : names) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "section is '" + name + "', but must be one of " + String.join(", ", NAMES));
            }
        }
        this.plan = new Plan(seed, count, Objects.requireNonNull(heldOut, "held_out"));
        this.sections = SECTIONS.stream()
                .filter(section -> names.isEmpty() || names.contains(section.name()))
                .toList();
    }

    /** Names of the models that the sections need. */
    public Set<String> models() {
        Set<String> models = new TreeSet<>();
        sections.forEach(section -> models.addAll(section.models()));
        return models;
    }

    /**
     * Makes the sections whose models the fleet has. Jobs that fail are part of what is reported.
     *
     * @throws IOException when the gateway does not say which models it has
     */
    public Report with(URI gateway, ReportListener listener) throws IOException, InterruptedException {
        Instant begun = Instant.now();
        List<Report.Chapter> chapters = new ArrayList<>();
        List<Report.LeftOut> leftOut = new ArrayList<>();
        try (FleetClient fleet = new FleetClient(gateway);
                Studio studio = new Studio(fleet, listener)) {
            Set<String> served = fleet.models();
            for (Section section : sections) {
                Set<String> missing = new TreeSet<>(section.models());
                missing.removeAll(served);
                if (missing.isEmpty()) {
                    long start = System.nanoTime();
                    Findings findings = section.run(plan, studio);
                    chapters.add(
                            new Report.Chapter(section.name(), findings, Duration.ofNanos(System.nanoTime() - start)));
                } else {
                    String why = "the fleet does not serve " + String.join(", ", missing);
                    leftOut.add(new Report.LeftOut(section.name(), why));
                    listener.leftOut(section.name(), why);
                }
            }
        }
        return new Report(begun, plan.seed(), chapters, leftOut);
    }
}

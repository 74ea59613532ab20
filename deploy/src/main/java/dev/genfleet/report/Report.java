package dev.genfleet.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What all sections found. */
public final class Report {

    private final Instant begun;
    private final long seed;
    private final List<Chapter> chapters;
    private final List<LeftOut> leftOut;

    Report(Instant begun, long seed, List<Chapter> chapters, List<LeftOut> leftOut) {
        this.begun = Objects.requireNonNull(begun, "begun");
        this.seed = seed;
        this.chapters = List.copyOf(chapters);
        this.leftOut = List.copyOf(leftOut);
    }

    /**
     * A section's findings.
     *
     * @param name of the section
     * @param findings what it found
     * @param took how long that was
     */
    record Chapter(String name, Findings findings, Duration took) {}

    /**
     * A section that was not made.
     *
     * @param name of the section
     * @param why a sentence
     */
    record LeftOut(String name, String why) {}

    Instant begun() {
        return begun;
    }

    long seed() {
        return seed;
    }

    List<Chapter> chapters() {
        return chapters;
    }

    List<LeftOut> leftOut() {
        return leftOut;
    }

    /** How many measures fall short of their aims. */
    public long shortfalls() {
        return measures().filter(Measure::isShort).count();
    }

    /** How many measures have an aim. */
    public long aims() {
        return measures().filter(measure -> measure.aim().isPresent()).count();
    }

    private Stream<Measure> measures() {
        return chapters.stream().flatMap(chapter -> chapter.findings().measures().stream());
    }

    /** Prints the table. */
    public void print(PrintWriter out) {
        TextTable.print(this, out);
    }

    /**
     * Writes {@code index.html}, {@code report.json} and the pictures.
     *
     * @param folder made when it is not there; files of these names in it are replaced
     * @throws IOException when that is not possible
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        PictureFiles pictures = new PictureFiles(folder);
        Files.writeString(folder.resolve("index.html"), new HtmlPage(pictures).of(this));
        Files.write(folder.resolve("report.json"), ReportJson.of(this));
    }
}

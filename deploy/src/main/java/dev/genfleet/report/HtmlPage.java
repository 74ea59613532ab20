package dev.genfleet.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Formatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report as a page that needs nothing but the pictures beside it. */
final class HtmlPage {

    private final PictureFiles pictures;
    private final StringBuilder page = new StringBuilder();
    private final Formatter format = new Formatter(page, Locale.ROOT);

    HtmlPage(PictureFiles pictures) {
        this.pictures = pictures;
    }

    /**
     * The page; saves the pictures that it shows.
     *
     * @throws IOException when one of them cannot be saved
     */
    String of(Report report) throws IOException {
        page.append("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>genfleet: how good the sample models are</title>
                <style>
                """);
        page.append(style());
        page.append("</style>\n</head>\n<body>\n<header>\n<h1>How good the sample models are</h1>\n");
        paragraph(
                "Every picture was asked for by caption or class over HTTP, made by a worker, and judged by a program that"
                        + " knows how the shapes are drawn and nothing of the models. Seed " + report.seed()
                        + ", begun "
                        + report.begun().truncatedTo(ChronoUnit.SECONDS) + ".");
        verdict(report);
        page.append("<nav>");
        for (Report.Chapter chapter : report.chapters()) {
            format.format(
                    "<a href=\"#%s\">%s</a> ",
                    anchor(chapter), text(chapter.findings().title()));
        }
        page.append("</nav>\n</header>\n<main>\n");
        for (Report.Chapter chapter : report.chapters()) {
            chapter(chapter);
        }
        for (Report.LeftOut section : report.leftOut()) {
            paragraph(section.name() + " is left out: " + section.why() + ".");
        }
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private void verdict(Report report) {
        if (report.aims() == 0) {
            return;
        }
        format.format(
                "<p class=\"verdict %s\">%d of %d aims are reached.</p>\n",
                report.shortfalls() == 0 ? "reached" : "short", report.aims() - report.shortfalls(), report.aims());
    }

    private void chapter(Report.Chapter chapter) throws IOException {
        Findings findings = chapter.findings();
        format.format("<section id=\"%s\">\n<h2>%s</h2>\n", anchor(chapter), text(findings.title()));
        paragraph(findings.how() + " This took " + chapter.took().toSeconds() + " s.");
        page.append("<div class=\"wide\"><table>\n<thead><tr><th>model</th><th>what</th><th>measure</th>"
                + "<th class=\"number\">aim</th><th class=\"number\">measured</th><th></th></tr></thead>\n<tbody>\n");
        findings.measures().forEach(this::row);
        page.append("</tbody>\n</table></div>\n<div class=\"charts\">\n");
        for (Chart chart : findings.charts()) {
            format.format("<figure><figcaption>%s</figcaption>%s</figure>\n", text(chart.title()), SvgChart.of(chart));
        }
        page.append("</div>\n");
        for (ContactSheet sheet : findings.sheets()) {
            sheet(chapter, sheet);
        }
        page.append("</section>\n");
    }

    private void row(Measure measure) {
        format.format(
                "<tr%s><td>%s</td><td>%s</td><td>%s</td><td class=\"number\">%s</td><td class=\"number\">%s</td>"
                        + "<td>%s</td></tr>\n",
                measure.isShort() ? " class=\"short\"" : "",
                text(measure.model()),
                text(measure.what()),
                text(measure.name()),
                text(measure.aimText()),
                text(measure.value().text()),
                measure.isShort() ? "✗ falls short" : measure.aim().isPresent() ? "✓" : "");
    }

    private void sheet(Report.Chapter chapter, ContactSheet sheet) throws IOException {
        format.format(
                "<details open>\n<summary>%s: %s right</summary>\n<div class=\"sheet\">\n",
                text(sheet.title()), text(new Tally(sheet.outcomes()).allRight().text()));
        for (int i = 0; i < sheet.outcomes().size(); i++) {
            picture(sheet.outcomes().get(i), chapter.name() + " " + sheet.title(), i + 1);
        }
        page.append("</div>\n</details>\n");
    }

    private void picture(Outcome outcome, String sheet, int number) throws IOException {
        String caption = outcome.order().scene().caption();
        String mark = outcome.allRight() ? "right" : "wrong";
        format.format("<figure class=\"%s\">", mark);
        switch (outcome) {
            case Outcome.Made made -> {
                format.format(
                        "<img src=\"%s\" width=\"96\" height=\"96\" loading=\"lazy\" alt=\"%s\">",
                        text(pictures.keep(made.work(), sheet, number)),
                        text((made.work().isClip() ? "clip asked to show " : "picture asked to show ") + caption
                                + "; the judge sees " + made.agreement().seen()));
                format.format("<figcaption>%s", text(caption));
                if (!made.allRight()) {
                    format.format(
                            "<span class=\"seen\">✗ %s: %s</span>",
                            text(made.agreement().wrong().stream()
                                    .map(Tally::words)
                                    .collect(Collectors.joining(", "))),
                            text(made.agreement().seen()));
                }
            }
            case Outcome.Failed failed ->
                format.format(
                        "<div class=\"nothing\">no picture</div><figcaption>%s<span class=\"seen\">✗ %s</span>",
                        text(caption), text(failed.why()));
        }
        page.append("</figcaption></figure>\n");
    }

    private void paragraph(String sentence) {
        format.format("<p>%s</p>\n", text(sentence));
    }

    private static String anchor(Report.Chapter chapter) {
        return chapter.findings().title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static String text(String text) {
        return Html.escaped(text);
    }

    private static String style() {
        try (InputStream style = HtmlPage.class.getResourceAsStream("report.css")) {
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading report.css", e);
        }
    }
}

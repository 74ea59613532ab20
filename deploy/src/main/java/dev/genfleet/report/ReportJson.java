package dev.genfleet.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.wire.Json;
import java.util.function.Function;

/** All numbers of a report, and what the judge saw in every picture, for programs. */
final class ReportJson {

    private ReportJson() {}

    static byte[] of(Report report) {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("begun", report.begun().toString())
                .put("seed", report.seed())
                .put("aims", report.aims())
                .put("shortfalls", report.shortfalls());
        report.chapters()
                .forEach(chapter -> write(chapter, root.withArray("sections").addObject()));
        report.leftOut().forEach(it -> root.withArray("left_out")
                .addObject()
                .put("name", it.name())
                .put("why", it.why()));
        return Json.write(root);
    }

    private static void write(Report.Chapter chapter, ObjectNode node) {
        node.put("name", chapter.name())
                .put("title", chapter.findings().title())
                .put("seconds", chapter.took().toMillis() / 1e3);
        ArrayNode measures = node.putArray("measures");
        chapter.findings().measures().forEach(measure -> write(measure, measures.addObject()));
        ArrayNode charts = node.putArray("charts");
        chapter.findings().charts().forEach(chart -> write(chart, charts.addObject()));
        ArrayNode sheets = node.putArray("sheets");
        chapter.findings().sheets().forEach(sheet -> write(sheet, sheets.addObject()));
    }

    private static void write(Measure measure, ObjectNode node) {
        node.put("model", measure.model()).put("what", measure.what()).put("measure", measure.name());
        switch (measure.value()) {
            case Value.Share share ->
                node.put("value", share.number()).put("right", share.right()).put("of", share.of());
            case Value.Quantity quantity -> {
                // JSON has no infinity, which is the distance of equal pictures, in decibels.
                if (Double.isFinite(quantity.number())) {
                    node.put("value", quantity.number());
                }
                node.put("unit", quantity.unit());
            }
            case Value.Answer answer -> node.put("value", answer.yes());
        }
        measure.aim().ifPresent(aim -> node.put("aim", aim).put("reached", !measure.isShort()));
    }

    private static void write(Chart chart, ObjectNode node) {
        node.put("title", chart.title())
                .put("x", chart.across().label())
                .put("y", chart.up().label());
        for (Chart.Series series : chart.series()) {
            ObjectNode curve = node.withArray("series").addObject().put("name", series.name());
            write(series, Chart.Point::x, curve.putArray("x"));
            write(series, Chart.Point::y, curve.putArray("y"));
        }
    }

    private static void write(Chart.Series series, Function<Chart.Point, Double> coordinate, ArrayNode numbers) {
        series.points().forEach(point -> numbers.add(coordinate.apply(point)));
    }

    private static void write(ContactSheet sheet, ObjectNode node) {
        node.put("title", sheet.title());
        ArrayNode pictures = node.putArray("pictures");
        for (Outcome outcome : sheet.outcomes()) {
            ObjectNode picture = pictures.addObject()
                    .put("model", outcome.order().model())
                    .put("caption", outcome.order().scene().caption())
                    .put("seed", outcome.order().seed())
                    .put("all_right", outcome.allRight());
            switch (outcome) {
                case Outcome.Failed failed -> picture.put("failed", failed.why());
                case Outcome.Made made -> {
                    picture.put("sha256", made.work().sha256())
                            .put("seen", made.agreement().seen());
                    made.agreement().amount().ifPresent(amount -> picture.put("amount", amount));
                    ArrayNode wrong = picture.putArray("wrong");
                    made.agreement().wrong().stream().map(Tally::words).forEach(wrong::add);
                }
            }
        }
    }
}

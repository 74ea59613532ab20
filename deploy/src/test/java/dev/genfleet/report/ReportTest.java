package dev.genfleet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.samples.Aspect;
import dev.genfleet.samples.Background;
import dev.genfleet.samples.Colour;
import dev.genfleet.samples.Place;
import dev.genfleet.samples.Scene;
import dev.genfleet.samples.SceneJudge;
import dev.genfleet.samples.SceneRenderer;
import dev.genfleet.samples.Shape;
import dev.genfleet.samples.Size;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** A report of drawings, one as asked for, one not, and one that failed. */
class ReportTest {

    private static final Scene RED_RING =
            new Scene.OneObject(Size.LARGE, Colour.RED, Shape.RING, Place.IN_THE_CENTER, Background.BLACK);
    private static final Scene CYAN_RING =
            new Scene.OneObject(Size.LARGE, Colour.CYAN, Shape.RING, Place.IN_THE_CENTER, Background.BLACK);

    @TempDir
    Path folder;

    @Test
    void aTallyCountsByAspectAndTakesFailuresForWrong() throws Exception {
        Tally tally = tally();

        assertThat(tally.allRight()).isEqualTo(new Value.Share(1, 3));
        assertThat(tally.right(Aspect.SHAPE)).isEqualTo(new Value.Share(2, 3));
        assertThat(tally.right(Aspect.COLOUR)).isEqualTo(new Value.Share(1, 3));
        assertThat(tally.measures("m", SceneSet.ONE_OBJECT))
                .extracting(Measure::name)
                .containsExactly("background", "colour", "shape", "size", "place", "all right", "failed jobs");
    }

    @Test
    void thePageShowsEveryPictureAndMarksWhatIsWrong() throws Exception {
        report().write(folder);

        String page = Files.readString(folder.resolve("index.html"));
        assertThat(page)
                .contains("<figure class=\"right\"><img src=\"pictures/captions-one-object-001.png\"")
                .contains(
                        "alt=\"picture asked to show a large red ring in the center on a black background; the judge sees ")
                .contains("✗ colour: a large red ring in the center on a black background")
                .contains("✗ the fleet said &lt;no&gt; &amp; gave up")
                .contains("✗ falls short")
                .contains("samplers is left out: the fleet does not serve shapes-gentron")
                .doesNotContain("http://www", "<script");
        assertThat(folder.resolve("pictures/captions-one-object-002.png")).exists();
    }

    @Test
    void theJsonHoldsTheNumbers() throws Exception {
        report().write(folder);

        JsonNode json = new JsonMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(json.path("shortfalls").asInt()).isEqualTo(5);
        JsonNode section = json.path("sections").path(0);
        assertThat(section.path("measures").path(1).path("measure").asText()).isEqualTo("colour");
        assertThat(section.path("measures").path(1).path("right").asInt()).isEqualTo(1);
        assertThat(section.path("measures").path(1).path("reached").asBoolean(true))
                .isFalse();
        assertThat(section.path("sheets")
                        .path(0)
                        .path("pictures")
                        .path(1)
                        .path("wrong")
                        .path(0)
                        .asText())
                .isEqualTo("colour");
        assertThat(section.path("charts")
                        .path(0)
                        .path("series")
                        .path(0)
                        .path("y")
                        .path(1)
                        .asDouble())
                .isEqualTo(90);
    }

    @Test
    void theTableSaysWhatFallsShort() throws Exception {
        StringWriter table = new StringWriter();
        report().print(new PrintWriter(table));

        assertThat(table.toString())
                .containsPattern("one object +colour +≥ 97 % +33.3 % \\(1 of 3\\) +falls short")
                .containsPattern("failed jobs +33.3 % \\(1 of 3\\)\\R");
    }

    @Test
    void aChartIsWellFormedAndSaysItsNumbersInWords() throws Exception {
        String svg = SvgChart.of(chart());

        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("svg");
        assertThat(root.getAttribute("aria-label")).contains("a < b: 40 at 1, 90 at 2");
    }

    @Test
    void psnrIsThatOfTheMeanSquare() {
        BufferedImage black = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        BufferedImage almost = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        almost.setRGB(1, 1, 0x0000ff);

        assertThat(Psnr.decibels(black, black)).isInfinite();
        assertThat(Psnr.decibels(black, almost)).isCloseTo(10 * Math.log10(12), within(1e-9));
    }

    private static Tally tally() throws IOException {
        return new Tally(List.of(
                made(RED_RING, RED_RING),
                made(CYAN_RING, RED_RING),
                new Outcome.Failed(
                        new Order("shapes-gentron", RED_RING, 3, Settings.USUAL), "the fleet said <no> & gave up")));
    }

    private static Outcome made(Scene asked, Scene shown) throws IOException {
        BufferedImage picture = new SceneRenderer(new Random(1)).render(shown).getFirst();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", file);
        Work work = Work.read(file.toByteArray(), "image/png", "00");
        return new Outcome.Made(
                new Order("shapes-gentron", asked, 1, Settings.USUAL), work, SceneJudge.judge(asked, work.frames()));
    }

    private static Report report() throws IOException {
        Tally tally = tally();
        Findings findings = new Findings(
                "Captions",
                "As it is.",
                tally.measures("shapes-gentron", SceneSet.ONE_OBJECT),
                List.of(chart()),
                List.of(ContactSheet.of("one object", tally)));
        return new Report(
                Instant.EPOCH,
                7,
                List.of(new Report.Chapter("captions", findings, Duration.ofSeconds(3))),
                List.of(new Report.LeftOut("samplers", "the fleet does not serve shapes-gentron")));
    }

    private static Chart chart() {
        return new Chart(
                "Accuracy",
                new Chart.Axis("guidance scale", 1, 8, 1),
                Chart.Axis.percent("right"),
                List.of(new Chart.Series("a < b", List.of(new Chart.Point(1, 40), new Chart.Point(2, 90)))));
    }
}

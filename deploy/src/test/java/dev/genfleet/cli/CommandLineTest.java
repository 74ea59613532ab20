package dev.genfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.local.SampleModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesEveryCommandAndTheExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("demo", "up", "down", "endpoints", "generate", "job", "cancel", "models", "import", "inspect")
                .contains("architectures", "worker")
                .contains("GENFLEET_URL", "GENFLEET_HOME", "Exit codes");
    }

    @Test
    void everyCommandHasHelp() {
        for (String name : Main.commandLine().getSubcommands().keySet()) {
            assertThat(run(name, "--help")).as(name).isZero();
        }
    }

    @Test
    void aWrongCommandLineIsExitCodeTwo() {
        assertThat(run("generate", "--frobnicate")).isEqualTo(2);
        assertThat(err.toString()).contains("--frobnicate");
        assertThat(run("up", "--workers", "17")).isEqualTo(2);
        assertThat(err.toString()).contains("17").contains("0 to 16");
        assertThat(run("generate", "--seed", "seven")).isEqualTo(2);
    }

    @Test
    void aFolderThatIsNoPackageIsSaidInOneSentence(@TempDir Path folder) {
        assertThat(run("inspect", folder.toString())).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("genfleet: " + folder
                        + " is no model package: it holds no model.json, which 'genfleet import' writes\n");
    }

    @Test
    void architecturesStandBesideTheirPapersFigures() {
        assertThat(run("architectures")).isZero();
        assertThat(out.toString())
                .contains("| DiT-XL/2                 |   674.83 |       675 |")
                .contains("| GenTron-G/2              |  3061.03 |    3083.8 |")
                .contains("Peebles and Xie 2023");
    }

    @Test
    void optionsBecomeTheRequestAndOnlyThose() {
        GenerateOptions options = new GenerateOptions();
        new CommandLine(options).parseArgs("--label", "yellow star", "--seed", "7", "--steps", "20", "--n", "2");

        assertThat(options.request("shapes-dit", Optional.of(URI.create("http://127.0.0.1:1/hook")))
                        .toString())
                .isEqualTo("{\"model\":\"shapes-dit\",\"input\":{\"class_label\":\"yellow star\",\"seed\":7,"
                        + "\"num_inference_steps\":20,\"n\":2},\"webhook\":{\"url\":\"http://127.0.0.1:1/hook\"}}");
    }

    @Test
    void optionsOfVideosGoByTheNamesOfTheRequest() {
        GenerateOptions options = new GenerateOptions();
        new CommandLine(options)
                .parseArgs(
                        "--prompt",
                        "a star",
                        "--frames",
                        "16",
                        "--fps",
                        "8",
                        "--guidance-scale",
                        "7.5",
                        "--motion-guidance-scale",
                        "1.2",
                        "--format",
                        "webm");

        assertThat(options.request("clips", Optional.empty()).toString())
                .isEqualTo("{\"model\":\"clips\",\"input\":{\"prompt\":\"a star\",\"num_frames\":16,\"fps\":8,"
                        + "\"guidance_scale\":7.5,\"motion_guidance_scale\":1.2,\"output_format\":\"webm\"}}");
    }

    @Test
    void optionsOfGuidanceAndSamplingGoByTheNamesOfTheRequest() {
        GenerateOptions options = new GenerateOptions();
        new CommandLine(options)
                .parseArgs(
                        "--prompt",
                        "a star",
                        "--guidance-rescale",
                        "0.7",
                        "--guidance-interval",
                        "0.1,0.8",
                        "--scheduler",
                        "dpmpp_2m",
                        "--timestep-spacing",
                        "10,20",
                        "--karras-sigmas",
                        "--previews");

        assertThat(options.request("stars", Optional.empty()).toString())
                .isEqualTo("{\"model\":\"stars\",\"input\":{\"prompt\":\"a star\",\"guidance_rescale\":0.7,"
                        + "\"guidance_interval\":[0.1,0.8],\"scheduler\":\"dpmpp_2m\",\"timestep_spacing\":\"10,20\","
                        + "\"use_karras_sigmas\":true},\"previews\":true}");
    }

    @Test
    void karrasNoiseLevelsCanBeDeclined() {
        GenerateOptions options = new GenerateOptions();
        new CommandLine(options).parseArgs("--no-karras-sigmas");

        assertThat(options.request("m", Optional.empty()).toString())
                .isEqualTo("{\"model\":\"m\",\"input\":{\"use_karras_sigmas\":false}}");
    }

    @Test
    void aLabelOfDigitsIsANumber() {
        GenerateOptions options = new GenerateOptions();
        new CommandLine(options).parseArgs("--label", "12");

        assertThat(options.request("m", Optional.empty()).toString())
                .isEqualTo("{\"model\":\"m\",\"input\":{\"class_label\":12}}");
    }

    @Test
    void aCaptionNeedsNoOptionAndNoQuotes() {
        for (String[] given : new String[][] {
            {"a red star", "--seed", "7"},
            {"--seed", "7", "a", "red", "star"},
            {"--seed", "7", "--prompt", "a red star"}
        }) {
            GenerateOptions options = new GenerateOptions();
            new CommandLine(options).parseArgs(given);

            assertThat(options.request("m", Optional.empty()).toString())
                    .isEqualTo("{\"model\":\"m\",\"input\":{\"prompt\":\"a red star\",\"seed\":7}}");
        }
    }

    @Test
    void aVideoIsAskedForBeforeOrAfterItsCaption() {
        for (String[] given : new String[][] {{"--video", "a red star"}, {"a red star", "--video"}}) {
            GenerateOptions options = new GenerateOptions();
            new CommandLine(options).parseArgs(given);

            assertThat(options.videoOption()).hasValue("--video");
            assertThat(options.subject.caption()).hasValue("a red star");
        }
    }

    @Test
    void aDemonstratedVideoIsOneSpecInTwoFormatsUnlessOneIsNamed() {
        GenerateOptions options = new GenerateOptions();
        new CommandLine(options).parseArgs("--video", "a red star", "--seed", "7");
        URI hook = URI.create("http://127.0.0.1:1/hook");

        assertThat(DemoJobs.requests(SampleModel.SHAPES_GENTRON_VIDEO, options, hook))
                .extracting(request -> request.path("input").toString())
                .containsExactly(
                        "{\"prompt\":\"a red star\",\"seed\":7,\"output_format\":\"mp4\"}",
                        "{\"prompt\":\"a red star\",\"seed\":7,\"output_format\":\"gif\"}");
        options.format = Optional.of("webm");
        assertThat(DemoJobs.requests(SampleModel.SHAPES_GENTRON_VIDEO, options, hook))
                .extracting(
                        request -> request.path("input").path("output_format").asText())
                .containsExactly("webm");
    }

    @Test
    void whatDoesNotGoTogetherIsSaidBeforeAnythingIsStarted() {
        assertThat(run("generate")).isEqualTo(2);
        assertThat(told()).startsWith("nothing says what to draw: give a caption");
        assertThat(run("demo", "--label", "yellow", "star")).isEqualTo(2);
        assertThat(told())
                .startsWith("--label is 'yellow' and the caption is 'star', but a job has either a label or a caption");
        assertThat(run("generate", "--prompt", "a star", "a ring")).isEqualTo(2);
        assertThat(told()).startsWith("there are two captions, 'a ring' and that of --prompt, 'a star'");
        assertThat(run("demo", " ")).isEqualTo(2);
        assertThat(told()).startsWith("the caption is empty");
        assertThat(run("demo", "--video", "--format", "png")).isEqualTo(2);
        assertThat(told()).startsWith("--format is png, but with --video it must be mp4, webm, gif or webp");
        assertThat(run("demo", "--model", "pixart")).isEqualTo(2);
        assertThat(told()).startsWith("--model is 'pixart', but the demo has the sample models alone: shapes-dit,");
        assertThat(run("demo", "--video", "--label", "red star")).isEqualTo(1);
        assertThat(told())
                .startsWith("genfleet: --label 'red star' with --video was given, but no model takes that; there are"
                        + " shapes-dit (labels to pictures), shapes-gentron (captions to pictures)");
    }

    /** Standard error since it was last asked for. */
    private String told() {
        String told = err.toString();
        err.getBuffer().setLength(0);
        return told;
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}

package dev.genfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}

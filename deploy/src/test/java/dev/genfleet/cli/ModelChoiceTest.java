package dev.genfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.local.SampleModel;
import dev.genfleet.local.SampleModel.Makes;
import dev.genfleet.local.SampleModel.Takes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ModelChoiceTest {

    /** By name, as a catalog lists them. */
    private static final List<OfferedModel> SAMPLES = SampleModel.all().stream()
            .map(OfferedModel::of)
            .sorted(Comparator.comparing(OfferedModel::name))
            .toList();

    @ParameterizedTest
    @CsvSource({
        "--label=red star, shapes-dit",
        "--label=5, shapes-dit",
        "a red star, shapes-gentron",
        "--prompt=a red star, shapes-gentron",
        "--video a red star, shapes-gentron-video",
        "--frames=4 a red star, shapes-gentron-video",
        "--format=gif a red star, shapes-gentron-video",
        "--format=webp a red star, shapes-gentron",
        "--model=shapes-diffussm --label=red star, shapes-diffussm",
        "--model=elsewhere a red star, elsewhere",
    })
    void aModelTakesWhatIsGiven(String arguments, String expected) throws Exception {
        assertThat(new ModelChoice(SAMPLES).choose(options(arguments))).isEqualTo(expected);
    }

    @Test
    void modelsOfOnesOwnComeBeforeSamplesUnlessTheyDoNotKnowTheLabel() throws Exception {
        ModelChoice choice = new ModelChoice(Stream.concat(
                        SAMPLES.stream(),
                        Stream.of(
                                new OfferedModel("animals", Takes.LABELS, Makes.PICTURES, List.of("cat", "dog")),
                                new OfferedModel("paintings", Takes.CAPTIONS, Makes.PICTURES, List.of())))
                .toList());

        assertThat(choice.choose(options("--label=dog"))).isEqualTo("animals");
        assertThat(choice.choose(options("--label=red star"))).isEqualTo("shapes-dit");
        assertThat(choice.choose(options("a boat"))).isEqualTo("paintings");
        assertThat(choice.choose(options("--video a boat"))).isEqualTo("shapes-gentron-video");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--model=shapes-dit a star | the caption 'a star' was given, but shapes-dit takes labels: give one with"
                        + " --label, such as --label \"red circle\"",
                "--model=shapes-gentron --label=star | --label is 'star', but shapes-gentron takes captions",
                "--model=shapes-gentron --video a star | --video was given, but shapes-gentron makes pictures",
                "--model=shapes-gentron --fps=4 a star | --fps was given, but shapes-gentron makes pictures",
                "--video --label=red star | --label 'red star' with --video was given, but no model takes that; there are"
                        + " shapes-diffussm (labels to pictures), shapes-dit (labels to pictures),",
            })
    void whatAModelDoesNotTakeIsSaidInASentence(String arguments, String sentence) {
        assertThatThrownBy(() -> new ModelChoice(SAMPLES).choose(options(arguments)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void anEmptyCatalogIsSaid() {
        assertThatThrownBy(() -> new ModelChoice(List.of()).choose(options("a star")))
                .hasMessageContaining("'genfleet import'");
    }

    private static GenerateOptions options(String arguments) {
        GenerateOptions options = new GenerateOptions();
        new CommandLine(options).parseArgs(arguments.split(" (?!star$)"));
        return options;
    }
}

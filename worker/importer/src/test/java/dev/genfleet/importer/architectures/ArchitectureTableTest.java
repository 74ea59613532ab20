package dev.genfleet.importer.architectures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTableTest {

    @Test
    void setsWhatWasCountedBesideWhatWasPublished() {
        Remark text = new Remark("text", "A text side that nobody described.");
        String table = ArchitectureTable.of(List.of(
                ArchitectureRow.of("DiT-XL/2", 674_831_456, 118_616_223_744L, Remark.NONE),
                ArchitectureRow.of("GenTron-XL/2", 907_240_000, 0, text),
                ArchitectureRow.of("GenTron-G/2", 3_083_849_999L, 0, text),
                ArchitectureRow.of("our own", 1_000_000, 2_000_000_000, Remark.of("made up"))));

        assertThat(table).startsWith("""
                        | model        | M params | published |     off |  GMACs | published |     off | remark   |
                        |--------------|---------:|----------:|--------:|-------:|----------:|--------:|----------|
                        | DiT-XL/2     |   674.83 |       675 |       = | 118.62 |    118.64 | -0.02 % |          |
                        | GenTron-XL/2 |   907.24 |     930.0 | -2.45 % |   0.00 |         - |       - | text [1] |
                        | GenTron-G/2  |  3083.85 |    3083.8 |       = |   0.00 |         - |       - | text [1] |
                        | our own      |     1.00 |         - |       - |   2.00 |         - |       - | made up  |

                        """.stripIndent()).endsWith("""

                        [1] A text side that nobody described.

                        Published:
                        - Peebles and Xie 2023 (ICCV), Table 4
                        - Chen et al. 2024 (CVPR, GenTron), as others quote it""".stripIndent());
    }

    @Test
    void breaksNotesAtSpaces() {
        assertThat(Wrapped.text("[1] ", "one two three four", 11))
                .containsExactly("[1] one two", "    three", "    four");
        assertThat(Wrapped.text("- ", "indivisible", 5)).containsExactly("- indivisible");
    }

    @Test
    void knowsEveryPublishedFigureOnce() {
        assertThat(PublishedFigures.all())
                .extracting(PublishedFigure::model)
                .doesNotHaveDuplicates()
                .hasSize(26);
        assertThat(PublishedFigures.of("DiT-XL/2 in-context").orElseThrow().parametersMillions())
                .contains("449");
        assertThat(PublishedFigures.of("DiT-H/14")).isEmpty();
    }
}

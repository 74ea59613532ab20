package dev.genfleet.importer.architectures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTableTest {

    @Test
    void setsWhatWasCountedBesideWhatWasPublished() {
        String table = ArchitectureTable.of(List.of(
                ArchitectureRow.of("DiT-XL/2", 674_831_456, 118_616_223_744L, ""),
                ArchitectureRow.of("GenTron-XL/2", 907_240_000, 0, "text side of 22.77 M unidentified"),
                ArchitectureRow.of("our own", 1_000_000, 2_000_000_000, "")));

        assertThat(table).isEqualTo("""
                        | model        | M params | paper |     off |  GMACs |  paper |     off | remark                            |
                        |--------------|---------:|------:|--------:|-------:|-------:|--------:|-----------------------------------|
                        | DiT-XL/2     |   674.83 |   675 | -0.02 % | 118.62 | 118.64 | -0.02 % |                                   |
                        | GenTron-XL/2 |   907.24 | 930.0 | -2.45 % |   0.00 |      - |       - | text side of 22.77 M unidentified |
                        | our own      |     1.00 |     - |       - |   2.00 |      - |       - |                                   |""".stripIndent());
    }

    @Test
    void knowsEveryPublishedFigureOnce() {
        assertThat(PublishedFigures.all())
                .extracting(PublishedFigure::model)
                .doesNotHaveDuplicates()
                .hasSize(19);
        assertThat(PublishedFigures.of("DiT-XL/2 in-context").orElseThrow().parametersMillions())
                .contains("449");
        assertThat(PublishedFigures.of("DiT-H/14")).isEmpty();
    }
}

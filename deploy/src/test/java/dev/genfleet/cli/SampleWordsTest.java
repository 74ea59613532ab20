package dev.genfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleWordsTest {

    private static final List<String> KNOWN = List.of("a", "red", "star");

    @Test
    void wordsThatAreNotKnownAreNamedOnceBesideThoseThatAre() {
        assertThat(SampleWords.note("shapes", KNOWN, "a purpel STAR"))
                .hasValue("note: shapes knows these words: a, red, star; 'purpel' is none of them");
        assertThat(SampleWords.note("shapes", KNOWN, "a purpel, purpel star"))
                .hasValue("note: shapes knows these words: a, red, star; 'purpel', ',' are none of them");
    }

    @Test
    void aCaptionOfKnownWordsIsNoOccasionToSpeak() {
        assertThat(SampleWords.note("shapes", KNOWN, "A red  Star")).isEmpty();
    }
}

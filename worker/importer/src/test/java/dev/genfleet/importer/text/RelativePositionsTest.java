package dev.genfleet.importer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against transformers' buckets of the distances 0 to 200: where each bucket begins. */
class RelativePositionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "32 | 128 | 0 1 2 3 4 5 6 7 8 12 16 23 32 46 64 91",
                "16 | 64 | 0 1 2 3 4 8 16 32",
                "32 | 100 | 0 1 2 3 4 5 6 7 8 11 16 21 29 39 54 73",
                "64 | 300 | 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 20 24 28 34 40 49 58 70 84 100 121 145 174",
            })
    void areThoseOfTheReference(int buckets, int farthest, String begins) {
        RelativePositions positions = new RelativePositions(buckets, farthest);
        List<String> found = new ArrayList<>();
        for (int distance = 0; distance <= 200; distance++) {
            int bucket = positions.bucket(-distance);
            assertThat(positions.bucket(distance)).isEqualTo(distance == 0 ? bucket : bucket + buckets / 2);
            if (bucket == found.size()) {
                found.add(Integer.toString(distance));
            }
            assertThat(bucket).isEqualTo(found.size() - 1);
        }
        assertThat(String.join(" ", found)).isEqualTo(begins);
    }

    @Test
    void refuseWhatCannotBeDivided() {
        assertThatThrownBy(() -> new RelativePositions(30, 128)).hasMessageContaining("do not fall into 30 buckets");
        assertThatThrownBy(() -> new RelativePositions(32, 8)).hasMessageContaining("distances up to 8");
    }
}

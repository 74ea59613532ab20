package dev.genfleet.importer.dit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Emission;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The paper's models, written without a checkpoint, have the parameters of its Table 4; the position embedding is fixed. */
class DitSizesTest {

    @ParameterizedTest
    @CsvSource({
        "S, 8, 32, 33.14",
        "S, 4, 32, 32.92",
        "S, 2, 32, 32.87",
        "B, 8, 32, 130.87",
        "B, 4, 32, 130.43",
        "B, 2, 32, 130.32",
        "L, 8, 32, 458.58",
        "L, 4, 32, 457.99",
        "L, 2, 32, 457.84",
        "XL, 8, 32, 675.66",
        "XL, 4, 32, 675.00",
        "XL, 2, 32, 674.83",
        "XL, 2, 64, 674.83"
    })
    void haveThePapersParameters(DitSize size, int patch, int side, String millions) {
        DitArchitecture dit = DitArchitecture.published(size, patch, side);
        assertThat(dit.describe()).isEqualTo("DiT-%s/%d at latents of %dx%d".formatted(size, patch, side, side));
        long positions = (long) dit.shape().tokens() * dit.shape().width();
        assertThat(millions(Emission.blueprint(dit).parameters() - positions)).isEqualTo(millions);
        assertThat(millions(Emission.blueprint(dit.with(DitLayout.DIFFUSERS)).parameters()))
                .as("in the layout of diffusers, every block's copy of the embedders counted once")
                .isEqualTo(millions);
    }

    @ParameterizedTest
    @EnumSource(DitLayout.class)
    void listTheKeysOfAWholeCheckpoint(DitLayout layout) {
        assertThat(Emission.keys(DitArchitecture.published(DitSize.XL, 2, 32).with(layout)))
                .hasSize(layout == DitLayout.OFFICIAL ? 12 + 28 * 10 : 6 + 28 * 19)
                .extracting(StoredTensor::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void sayWhichBlocksTheyHave() {
        assertThat(DitArchitecture.published(DitSize.B, 4, 32)
                        .with(DitConditioning.IN_CONTEXT)
                        .describe())
                .isEqualTo("DiT-B/4 at latents of 32x32, in-context");
    }

    private static String millions(long parameters) {
        return String.format(Locale.ROOT, "%.2f", parameters / 1e6);
    }
}

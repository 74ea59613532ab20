package dev.genfleet.importer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublishedRgbFactorsTest {

    @Test
    void theAutoencodersOfStableDiffusionAreKnownByTheirScaling() {
        var first = PublishedRgbFactors.of(AutoencoderShape.stableDiffusion(0.18215));
        var larger = PublishedRgbFactors.of(AutoencoderShape.stableDiffusion(0.13025));
        assertThat(first.orElseThrow().weights()).hasSize(4);
        assertThat(larger.orElseThrow()).isNotEqualTo(first.orElseThrow());
        assertThat(PublishedRgbFactors.of(AutoencoderShape.stableDiffusion(0.5)))
                .isEmpty();
    }

    /** Figures of another autoencoder would show colours that mean nothing. */
    @Test
    void othersAreNotTakenForThem() {
        AutoencoderShape small = new AutoencoderShape(List.of(32, 64), 1, 8, 4, 0.18215, Set.of());
        assertThat(PublishedRgbFactors.of(small)).isEmpty();
        assertThat(small.decodesQuickly()).isTrue();
        assertThat(AutoencoderShape.stableDiffusion(0.18215).decodesQuickly()).isFalse();
    }
}

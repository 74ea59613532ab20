package dev.genfleet.importer.diffussm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 12, 49, 60, 101, 128, 210})
    void equalsTheSumThatDefinesIt(int length) {
        ComplexLanes x = new ComplexLanes(length);
        SplittableRandom random = new SplittableRandom(length);
        for (int i = 0; i < x.re().length; i++) {
            x.re()[i] = random.nextGaussian();
            x.im()[i] = random.nextGaussian();
        }
        double[] re = x.re().clone();
        double[] im = x.im().clone();
        ComplexLanes found = new Fourier(length).transform(x, new ComplexLanes(length));
        for (int k = 0; k < length; k++) {
            for (int lane = 0; lane < ComplexLanes.LANES; lane++) {
                double sumRe = 0;
                double sumIm = 0;
                for (int l = 0; l < length; l++) {
                    double angle = -2 * Math.PI * ((long) k * l % length) / length;
                    int at = l * ComplexLanes.LANES + lane;
                    sumRe += re[at] * Math.cos(angle) - im[at] * Math.sin(angle);
                    sumIm += re[at] * Math.sin(angle) + im[at] * Math.cos(angle);
                }
                assertThat(found.re()[k * ComplexLanes.LANES + lane]).isCloseTo(sumRe, within(1e-11));
                assertThat(found.im()[k * ComplexLanes.LANES + lane]).isCloseTo(sumIm, within(1e-11));
            }
        }
    }
}

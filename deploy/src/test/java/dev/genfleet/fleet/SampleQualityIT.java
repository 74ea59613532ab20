package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.local.Installation;
import dev.genfleet.report.SceneSet;
import dev.genfleet.report.SpotCheck;
import dev.genfleet.samples.HeldOut;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A few pictures of each sample model show what was asked for. Seeds are fixed, so that the answer is always the same; {@code
 * genfleet samples report} asks for hundreds.
 */
@ExtendWith(WithFleet.class)
class SampleQualityIT {

    private static final long SEED = 20_261_122;

    static List<Check> checks() {
        return List.of(
                new Check("shapes-dit", SceneSet.CLASSES, 16, 1),
                new Check("shapes-diffussm", SceneSet.CLASSES, 16, 1),
                new Check("shapes-gentron", SceneSet.ONE_OBJECT, 12, 1),
                new Check("shapes-gentron", SceneSet.TWO_OBJECTS, 8, 1),
                new Check("shapes-gentron-video", SceneSet.CLIPS, 6, 1));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void showsWhatWasAskedFor(Check check, Fleet fleet) throws Exception {
        assertThat(wrong(fleet, check)).hasSizeLessThanOrEqualTo(check.mayBeWrong());
    }

    @Test
    void aModelWhoseLayersAreShuffledDoesNot(Fleet fleet) throws Exception {
        assertThat(wrong(fleet, new Check(SampleVariants.SHUFFLED, SceneSet.CLASSES, 8, 8)))
                .hasSizeGreaterThan(5);
    }

    private static List<String> wrong(Fleet fleet, Check check) throws Exception {
        HeldOut heldOut = HeldOut.read(Installation.ofThisProgram().samples().resolve("held-out.json"));
        return new SpotCheck(URI.create(fleet.endpoints().gateway()), SEED, heldOut)
                .wrong(check.model(), check.set(), check.scenes());
    }

    /**
     * What is asked for.
     *
     * @param model as the catalog names it
     * @param set of scenes
     * @param scenes of it
     * @param mayBeWrong so many of them at most
     */
    private record Check(String model, SceneSet set, int scenes, int mayBeWrong) {
        @Override
        public String toString() {
            return scenes + " " + set.words() + " of " + model;
        }
    }
}

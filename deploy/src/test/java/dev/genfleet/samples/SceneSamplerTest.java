package dev.genfleet.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneSamplerTest {
    private static final Path HELD_OUT = Path.of("samples", "held-out.json");
    private static final Set<SceneSampler.Kind> NEW = Set.of(
            SceneSampler.Kind.HELD_OUT_OBJECT, SceneSampler.Kind.HELD_OUT_RELATION, SceneSampler.Kind.HELD_OUT_CLIP);

    @ParameterizedTest
    @EnumSource
    void drawsDifferentScenesOfTheKindAndTheSameAgain(SceneSampler.Kind kind) throws IOException {
        HeldOut heldOut = HeldOut.read(HELD_OUT);
        SceneSampler sampler = new SceneSampler(heldOut);
        List<Scene> scenes = sampler.sample(kind, 200, Pictures.random(5));
        assertThat(scenes).doesNotHaveDuplicates();
        assertThat(scenes).allSatisfy(scene -> assertThat(heldOut.covers(scene)).isEqualTo(NEW.contains(kind)));
        assertThat(sampler.sample(kind, 200, Pictures.random(5))).isEqualTo(scenes);
        assertThat(sampler.sample(kind, 200, Pictures.random(6))).isNotEqualTo(scenes);
    }

    @Test
    void aHeldOutRelationIsTheOnlyNewThing() throws IOException {
        HeldOut heldOut = HeldOut.read(HELD_OUT);
        assertThat(new SceneSampler(heldOut).sample(SceneSampler.Kind.HELD_OUT_RELATION, 300, Pictures.random(7)))
                .allSatisfy(scene -> {
                    assertThat(scene).isInstanceOfSatisfying(Scene.TwoObjects.class, two -> {
                        assertThat(heldOut.relations()).contains(two.colours());
                        assertThat(heldOut.objects())
                                .doesNotContain(
                                        two.first().toString(), two.second().toString());
                    });
                });
    }

    @Test
    void refusesMoreThanThereAre() throws IOException {
        SceneSampler sampler = new SceneSampler(HeldOut.read(HELD_OUT));
        assertThatThrownBy(() -> sampler.sample(SceneSampler.Kind.HELD_OUT_OBJECT, 321, Pictures.random(1)))
                .hasMessageContaining("only 320");
    }

    @Test
    void refusesToHoldOutWhatIsNotOfThisWorld() {
        assertThatThrownBy(() -> new HeldOut(Set.of("pink heart"), Set.of())).hasMessageContaining("pink heart");
        assertThatThrownBy(() -> new HeldOut(Set.of(), Set.of("red below blue")))
                .hasMessageContaining("red below blue");
    }
}

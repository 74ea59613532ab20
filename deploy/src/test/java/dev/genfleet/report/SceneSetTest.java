package dev.genfleet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.samples.Aspect;
import dev.genfleet.samples.HeldOut;
import dev.genfleet.samples.Label;
import dev.genfleet.samples.Scene;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SceneSetTest {

    private static final HeldOut HELD_OUT = new HeldOut(Set.of("red heart"), Set.of("red left of blue"));

    @Test
    void theAimsAreThoseThatWerePromised() {
        assertThat(SceneSet.ONE_OBJECT.aim(Aspect.BACKGROUND)).hasValue(0.97);
        assertThat(SceneSet.ONE_OBJECT.aim(Aspect.COLOUR)).hasValue(0.97);
        assertThat(SceneSet.ONE_OBJECT.aim(Aspect.SHAPE)).hasValue(0.92);
        assertThat(SceneSet.ONE_OBJECT.aim(Aspect.PLACE)).hasValue(0.95);
        assertThat(SceneSet.ONE_OBJECT.aimOfAll()).hasValue(0.85);
        assertThat(SceneSet.UNSEEN_PAIRS.aimOfAll()).hasValue(0.70);
        assertThat(SceneSet.TWO_OBJECTS.aim(Aspect.RELATION)).hasValue(0.90);
        assertThat(SceneSet.TWO_OBJECTS.aim(Aspect.COLOUR)).hasValue(0.90);
        assertThat(SceneSet.TWO_OBJECTS.aimOfAll()).hasValue(0.70);
        assertThat(SceneSet.UNSEEN_RELATIONS.aimOfAll()).isEqualTo(OptionalDouble.empty());
        assertThat(SceneSet.CLIPS.aim(Aspect.DIRECTION)).hasValue(0.95);
        assertThat(SceneSet.CLIPS.aim(Aspect.CONSTANT)).hasValue(0.95);
        assertThat(SceneSet.CLASSES.aimOfAll()).hasValue(0.95);
    }

    @Test
    void aSeedDrawsTheSameScenesAgainAndAnotherSeedOthers() {
        List<Scene> scenes = SceneSet.TWO_OBJECTS.scenes(HELD_OUT, 5, 20);

        assertThat(scenes).hasSize(20).isEqualTo(SceneSet.TWO_OBJECTS.scenes(HELD_OUT, 5, 20));
        assertThat(scenes).isNotEqualTo(SceneSet.TWO_OBJECTS.scenes(HELD_OUT, 6, 20));
    }

    @Test
    void classesAreAllOfThemInTheirOrderOrSomeOfAll() {
        assertThat(SceneSet.CLASSES.scenes(HELD_OUT, 5, 100))
                .hasSize(64)
                .startsWith(new Scene.Labelled(Label.CLASSES.getFirst()));
        assertThat(SceneSet.CLASSES.scenes(HELD_OUT, 5, 16)).hasSize(16).doesNotHaveDuplicates();
    }

    @Test
    void aPlanCountsSeedsAndHasNoMoreScenesForComparisonsThanUsual() {
        Plan plan = new Plan(30, OptionalInt.of(70), HELD_OUT);

        assertThat(plan.scenes(SceneSet.CLIPS)).hasSize(70);
        assertThat(plan.scenes(SceneSet.CLIPS, 16)).hasSize(16);
        assertThat(plan.movingClips(16)).hasSize(16).allMatch(scene -> !scene.caption()
                .contains("still"));
        assertThat(plan.orders("m", plan.scenes(SceneSet.CLIPS, 3), Settings.USUAL))
                .extracting(Order::seed)
                .containsExactly(30L, 31L, 32L);
    }

    @Test
    void whatCannotBeAskedForIsSaid() {
        assertThatThrownBy(() -> new Plan(1, OptionalInt.of(0), HELD_OUT))
                .hasMessage("count is 0, but must be at least 1");
        assertThatThrownBy(() -> new ReportRun(1, OptionalInt.empty(), Set.of("colors"), HELD_OUT))
                .hasMessage("section is 'colors', but must be one of captions, classes, video, motion-free, samplers,"
                        + " precision, together");
    }
}

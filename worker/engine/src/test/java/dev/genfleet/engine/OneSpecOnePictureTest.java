package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.RandomSchedule.Event;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.onnx.TinyCaptionModel;
import dev.genfleet.engine.onnx.TinyModel;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.onnx.TinyVideoModel;
import dev.genfleet.engine.onnx.TinyVideoModel.MotionInput;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.Priority;
import dev.genfleet.model.ModelConditioning.NullText;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole generations of pictures, captions and videos on ONNX Runtime, over random schedules: whoever arrives before, beside or
 * after a job, whoever overtakes it or is canceled beside it, and however many rows a forward has, its files have the bytes that
 * they have when it is alone. The decoder shows the last bits of the latents.
 *
 * <p>{@code -Dgenfleet.test.seed} repeats a run, {@code -Dgenfleet.test.schedules} makes a longer one.
 */
final class OneSpecOnePictureTest {

    private static final int SPECS_OF_EACH_SCHEDULER = 6;
    private static final List<Integer> MAX_ROWS = List.of(3, 4, 5, 8, 16);

    @TempDir
    static Path models;

    private static final List<ModelManifest> MANIFESTS = new ArrayList<>();

    @BeforeAll
    static void writeModels() throws Exception {
        MANIFESTS.clear();
        for (String kind : List.of("classes", "captions", "videos")) {
            Path folder = Files.createDirectory(models.resolve(kind));
            ModelPackage plain =
                    switch (kind) {
                        case "classes" -> TinyPackage.write(folder, 64, 2, 1);
                        case "captions" -> TinyCaptionModel.write(folder, NullText.EMPTY_CAPTION);
                        default -> TinyVideoModel.write(folder, MotionInput.PRESENT);
                    };
            TinyModel.writeRevealingDecoder(folder.resolve("vae_decoder/model.onnx"));
            ModelManifest manifest = plain.manifest().sealed(PackageDigest.hashFiles(folder));
            Files.write(folder.resolve(PackageDigest.MANIFEST_FILE), Json.write(manifest));
            MANIFESTS.add(ModelPackage.load(folder).manifest());
        }
    }

    @Test
    void everyFileIsTheSameAloneAndInEverySchedule() throws Exception {
        long seed = Long.getLong("genfleet.test.seed", System.nanoTime());
        int schedules = Integer.getInteger("genfleet.test.schedules", 100);
        System.out.printf("%s: -Dgenfleet.test.seed=%d%n", getClass().getSimpleName(), seed);
        Random random = new Random(seed);
        List<GenerationSpec> specs = new ArrayList<>();
        for (ModelManifest manifest : MANIFESTS) {
            specs.addAll(new RandomSpecs(random, manifest).draw(SPECS_OF_EACH_SCHEDULER));
        }
        List<List<byte[]>> alone = alone(specs);
        assertThat(alone.stream().map(List::getFirst)).doesNotHaveDuplicates();
        assertThat(specs.stream().map(spec -> spec.guidance().kind())).contains(Kind.values());

        int canceled = 0;
        int sharedForwards = 0;
        for (int round = 0; round < MAX_ROWS.size(); round++) {
            ScheduledEngine scheduled = new ScheduledEngine();
            try (Engine engine = start(MAX_ROWS.get(round), scheduled)) {
                scheduled.drive(engine);
                for (int i = round; i < schedules; i += MAX_ROWS.size()) {
                    RandomSchedule schedule = RandomSchedule.draw(random, specs.size());
                    for (Map.Entry<Integer, ScheduledEngine.Job> job :
                            scheduled.play(schedule, specs).entrySet()) {
                        canceled += job.getValue().canceled() ? 1 : 0;
                        if (!job.getValue().canceled()) {
                            int spec = job.getValue().spec();
                            assertThat(job.getValue().files())
                                    .as("seed %d, job %d of %s: %s", seed, job.getKey(), schedule, specs.get(spec))
                                    .containsExactlyElementsOf(alone.get(spec));
                        }
                    }
                }
            }
            sharedForwards += scheduled.sharedForwards();
        }
        System.out.printf(
                "%d specs, %d schedules, %d forwards shared, %d jobs canceled%n",
                specs.size(), schedules, sharedForwards, canceled);
        assertThat(sharedForwards).isGreaterThan(schedules);
        assertThat(canceled).isPositive();
    }

    private static List<List<byte[]>> alone(List<GenerationSpec> specs) throws Exception {
        ScheduledEngine scheduled = new ScheduledEngine();
        List<List<byte[]>> files = new ArrayList<>();
        try (Engine engine = start(3, scheduled)) {
            scheduled.drive(engine);
            for (int spec = 0; spec < specs.size(); spec++) {
                RandomSchedule lonely = new RandomSchedule(List.of(new Event.Arrival(0, 0, spec, Priority.STANDARD)));
                files.add(scheduled.play(lonely, specs).get(0).files());
            }
        }
        return files;
    }

    private static Engine start(int maxRows, ForwardObserver observer) throws Exception {
        EngineSettings settings = EngineSettings.on(new Device.Cpu())
                .withDenoiserThreads(1)
                .withMaxRows(maxRows)
                .withRowChoice(RowChoice.FULL);
        return Engine.start(settings, ModelPackages.load(models), observer);
    }
}

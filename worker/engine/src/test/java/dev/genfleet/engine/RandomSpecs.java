package dev.genfleet.engine;

import dev.genfleet.engine.onnx.TinyVideoModel;
import dev.genfleet.engine.schedule.NoiseScheduler;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.job.VideoSpec;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Draws specs for a model: every scheduler that it takes, all kinds of guidance, some rescaled, some in an interval. */
final class RandomSpecs {

    private static final int MOST_STEPS = 8;
    private static final int MOST_OUTPUTS = 2;
    private static final List<String> CAPTIONS = List.of("a red circle", "a green square", "red on red", "");
    private static final List<Optional<TimestepSpacing>> SPACINGS = List.of(
            Optional.empty(),
            Optional.of(TimestepSpacing.of(TimestepSpacing.Kind.LEADING)),
            Optional.of(TimestepSpacing.of(TimestepSpacing.Kind.TRAILING)));
    private static final List<Optional<GuidanceInterval>> INTERVALS = List.of(
            Optional.empty(),
            Optional.of(new GuidanceInterval(0, 0.5)),
            Optional.of(new GuidanceInterval(0.3, 0.8)),
            Optional.of(new GuidanceInterval(0.5, 1)));

    private final RandomGenerator random;
    private final ModelManifest model;

    RandomSpecs(RandomGenerator random, ModelManifest model) {
        this.random = random;
        this.model = model;
    }

    /** So many specs of each scheduler that the engine has for the model. */
    List<GenerationSpec> draw(int ofEachScheduler) {
        List<GenerationSpec> specs = new ArrayList<>();
        for (Scheduler scheduler : Scheduler.values()) {
            for (int i = 0; i < ofEachScheduler; i++) {
                sampler(scheduler).map(this::spec).ifPresent(specs::add);
            }
        }
        return specs;
    }

    private GenerationSpec spec(SamplerSpec sampler) {
        return new GenerationSpec(
                model.name(),
                model.digest(),
                conditioning(),
                model.sizes().getFirst(),
                model.video().map(_ -> new VideoSpec(1 + random.nextInt(TinyVideoModel.MAX_FRAMES), 8)),
                1 + random.nextInt(MOST_OUTPUTS),
                random.nextInt(1_000_000),
                sampler,
                guidance(),
                model.video().isPresent() ? OutputFormat.GIF : OutputFormat.PNG);
    }

    /** Settings that the scheduler takes; empty when there are none among some that were tried. */
    private Optional<SamplerSpec> sampler(Scheduler scheduler) {
        for (int i = 0; i < 2 * SPACINGS.size(); i++) {
            double eta = scheduler == Scheduler.DDIM && random.nextBoolean() ? 0.6 : 0;
            Optional<Boolean> karras = random.nextInt(4) == 0 ? Optional.of(true) : Optional.empty();
            SamplerSpec sampler =
                    new SamplerSpec(scheduler, 2 + random.nextInt(MOST_STEPS - 1), eta, any(SPACINGS), karras);
            if (taken(sampler)) {
                return Optional.of(sampler);
            }
        }
        return Optional.empty();
    }

    private boolean taken(SamplerSpec sampler) {
        try {
            return NoiseScheduler.of(model, sampler).steps() > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Conditioning conditioning() {
        return switch (model.conditioning()) {
            case ModelConditioning.ClassLabels labels ->
                new Conditioning.ClassLabel(random.nextInt(labels.labels().size()), "label");
            case ModelConditioning.Captions _ ->
                new Conditioning.Caption(any(CAPTIONS.subList(0, 3)), random.nextBoolean() ? any(CAPTIONS) : "");
        };
    }

    private GuidanceSpec guidance() {
        Kind kind = any(model.denoiser().motion().isPresent() ? List.of(Kind.values()) : withoutMotion());
        return new GuidanceSpec(
                kind,
                any(List.of(1.0, 2.5, 4.0)),
                kind == Kind.MOTION_FREE ? Optional.of(any(List.of(1.0, 1.2, 2.5))) : Optional.empty(),
                any(List.of(Optional.<Double>empty(), Optional.of(0.7))),
                any(INTERVALS));
    }

    private static List<Kind> withoutMotion() {
        return List.of(Kind.NONE, Kind.CFG, Kind.CFG_THREE_CHANNEL);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

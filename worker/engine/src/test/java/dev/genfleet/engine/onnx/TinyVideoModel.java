package dev.genfleet.engine.onnx;

import static dev.genfleet.engine.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.model.VideoShape;
import dev.genfleet.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A package of videos: with motion each frame is drawn to the mean of all frames, without it stays as it is; then a convolution
 * of every frame, shifted by the class and the time.
 */
public final class TinyVideoModel {

    /** Most frames of a video. */
    public static final int MAX_FRAMES = 6;

    private static final int CHANNELS = 4;
    private static final int SIDE = 8;
    private static final int FRAMES = -1;
    private static final List<String> LABELS = List.of("a", "b", "c");

    /** Whether the denoiser can be told that frames shall not see each other. */
    public enum MotionInput {
        PRESENT,
        ABSENT
    }

    private TinyVideoModel() {}

    /** Writes a package into {@code folder} and reads it back. */
    public static ModelPackage write(Path folder, MotionInput motion) throws IOException, EngineException {
        writeDenoiser(folder.resolve("transformer/model.onnx"), motion);
        writeDecoder(folder.resolve("vae_decoder/model.onnx"));
        return seal(folder, motion);
    }

    /** Writes the manifest of the files that are there, and reads the package back. */
    public static ModelPackage seal(Path folder, MotionInput motion) throws IOException, EngineException {
        Map<String, String> files = PackageDigest.hashFiles(folder);
        Files.write(
                folder.resolve(PackageDigest.MANIFEST_FILE),
                Json.write(manifest(motion).sealed(files)));
        return ModelPackage.load(folder);
    }

    private static void writeDenoiser(Path file, MotionInput motion) throws IOException {
        GraphWriter graph = new GraphWriter();
        String latents = graph.input("latents", DataType.FLOAT, CHANNELS, FRAMES, SIDE, SIDE);
        String timesteps = graph.input("timesteps", DataType.FLOAT);
        String labels = graph.input("class_labels", DataType.INT64);
        AttributeProto[] overFrames = {attribute("axes", new long[] {2}), attribute("keepdims", 1)};
        String drawn = graph.node("Sub", graph.node("ReduceMean", overFrames, latents), latents);
        if (motion == MotionInput.PRESENT) {
            String given = graph.input("motion", DataType.FLOAT);
            drawn = graph.node("Mul", drawn, graph.reshape(given, -1, 1, 1, 1, 1));
        }
        String x = graph.node("Add", latents, drawn);
        AttributeProto[] padded = {attribute("pads", new long[] {0, 1, 1, 0, 1, 1})};
        x = graph.node("Conv", padded, x, graph.weights(0.2, CHANNELS, CHANNELS, 1, 3, 3));
        String time = graph.node("Mul", graph.reshape(timesteps, -1, 1), graph.scalar(0.001));
        AttributeProto[] lastAxis = {attribute("axis", 1)};
        String all = graph.node(
                "Concat", lastAxis, graph.node("Gather", graph.weights(1, LABELS.size() + 1, SIDE), labels), time);
        String shift = graph.linear(graph.node("Tanh", graph.linear(all, SIDE + 1, 32)), 32, CHANNELS);
        x = graph.node("Add", x, graph.reshape(shift, -1, CHANNELS, 1, 1, 1));
        graph.output("prediction", x, CHANNELS, FRAMES, SIDE, SIDE);
        graph.write(file);
    }

    /** Grey pictures, because videos keep less of colours than of light. */
    private static void writeDecoder(Path file) throws IOException {
        GraphWriter graph = new GraphWriter();
        String x = graph.input("latents", DataType.FLOAT, CHANNELS, SIDE, SIDE);
        x = graph.node("Conv", x, graph.weights(0.2, 1, CHANNELS, 1, 1));
        AttributeProto[] doubled = {attribute("strides", new long[] {2, 2})};
        x = graph.node("Tanh", graph.node("ConvTranspose", doubled, x, graph.weights(0.2, 1, 1, 2, 2)));
        AttributeProto[] channels = {attribute("axis", 1)};
        graph.output("pixels", graph.node("Concat", channels, x, x, x), 3, 2 * SIDE, 2 * SIDE);
        graph.write(file);
    }

    private static ModelManifest manifest(MotionInput motion) {
        return new ModelManifest(
                1,
                "tiny-videos",
                "tiny",
                "default",
                "",
                Map.of(),
                new ModelManifest.Denoiser(
                        "transformer/model.onnx",
                        "latents",
                        "timesteps",
                        Optional.of("class_labels"),
                        List.of(),
                        Optional.empty(),
                        Optional.of("motion").filter(name -> motion == MotionInput.PRESENT),
                        Optional.empty(),
                        Optional.empty(),
                        "prediction",
                        false),
                new NoiseSchedule(1000, 1e-4, 0.02),
                new ModelManifest.Latent(CHANNELS, 2, 0.5),
                new ModelManifest.LatentDecoder("vae_decoder/model.onnx", "latents", "pixels"),
                new ModelConditioning.ClassLabels(LABELS, Optional.of(LABELS.size())),
                List.of(new ImageSize(2 * SIDE, 2 * SIDE)),
                Optional.empty(),
                Optional.of(new VideoShape(4, MAX_FRAMES, 8)),
                new ModelManifest.Defaults(
                        new SamplerSpec(SamplerSpec.Scheduler.DDIM, 6, 0), new GuidanceSpec(GuidanceSpec.Kind.CFG, 3)),
                new ModelManifest.Limits(100, 4, 10, List.of(SamplerSpec.Scheduler.DDIM)));
    }
}

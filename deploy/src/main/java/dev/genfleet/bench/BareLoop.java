package dev.genfleet.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.wire.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * The baseline: the least that anybody would write who has the model and no fleet. One thread, full batches of guided samples,
 * one forward a step, the simplest update (deterministic DDIM, Song et al. 2021, equation 12), then decoding and PNG.
 */
final class BareLoop implements AutoCloseable {

    /** Samples of one batch: two rows each make the 16 rows of the worker's forwards. */
    private static final int BATCH = 8;

    private static final float SCALE = 4;

    private final OrtEnvironment environment;
    private final OrtSession denoiser;
    private final OrtSession decoder;
    private final ModelManifest manifest;
    private final LatentShape shape;

    private BareLoop(OrtEnvironment environment, OrtSession denoiser, OrtSession decoder, ModelManifest manifest) {
        this.environment = environment;
        this.denoiser = denoiser;
        this.decoder = decoder;
        this.manifest = manifest;
        this.shape = manifest.latentShape(manifest.sizes().getFirst());
    }

    static BareLoop open(Path modelFolder) throws Exception {
        ModelManifest manifest = Json.read(Files.readAllBytes(modelFolder.resolve("model.json")), ModelManifest.class);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        return new BareLoop(
                environment,
                session(
                        environment,
                        modelFolder.resolve(manifest.denoiser().file()),
                        Runtime.getRuntime().availableProcessors()),
                session(
                        environment,
                        modelFolder.resolve(manifest.latentDecoder().file()),
                        1),
                manifest);
    }

    private static OrtSession session(OrtEnvironment environment, Path graph, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0"); // as the worker
            return environment.createSession(graph.toString(), options);
        }
    }

    /** Makes {@code pictures} pictures in full batches; returns the seconds it took. */
    double run(int pictures, int steps) throws Exception {
        long begun = System.nanoTime();
        for (int done = 0; done < pictures; done += BATCH) {
            int samples = Math.min(BATCH, pictures - done);
            FloatBuffer latents = sample(samples, steps);
            for (int i = 0; i < samples; i++) {
                decode(latents.slice(i * shape.elements(), shape.elements()));
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** As {@link #run}, without decoding: the loop of steps alone. */
    double denoise(int pictures, int steps) throws OrtException {
        long begun = System.nanoTime();
        for (int done = 0; done < pictures; done += BATCH) {
            sample(Math.min(BATCH, pictures - done), steps);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Latents of both guidance branches, {@code [2 · samples, channels, height, width]}; the first half counts. */
    private FloatBuffer sample(int samples, int steps) throws OrtException {
        int rows = 2 * samples;
        int size = shape.elements();
        FloatBuffer latents = floats(rows * size);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < samples * size; i++) {
            float value = (float) random.nextGaussian();
            latents.put(i, value).put(samples * size + i, value);
        }
        LongBuffer labels = ByteBuffer.allocateDirect(rows * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
        for (int i = 0; i < samples; i++) {
            labels.put(i, i).put(samples + i, manifest.nullClass().orElseThrow());
        }
        FloatBuffer timesteps = floats(rows);
        int trainSteps = manifest.noiseSchedule().trainSteps();
        for (int step = steps - 1; step >= 0; step--) {
            int timestep = step * trainSteps / steps;
            for (int row = 0; row < rows; row++) {
                timesteps.put(row, timestep);
            }
            double here = signal(timestep);
            double next = step == 0 ? 1 : signal((step - 1) * trainSteps / steps);
            forward(rows, latents, timesteps, labels, here, next);
        }
        return latents;
    }

    private void forward(
            int rows, FloatBuffer latents, FloatBuffer timesteps, LongBuffer labels, double here, double next)
            throws OrtException {
        int size = shape.elements();
        long[] dims = {rows, shape.channels(), shape.height(), shape.width()};
        ModelManifest.Denoiser names = manifest.denoiser();
        try (OnnxTensor x = OnnxTensor.createTensor(environment, latents, dims);
                OnnxTensor t = OnnxTensor.createTensor(environment, timesteps, new long[] {rows});
                OnnxTensor y = OnnxTensor.createTensor(environment, labels, new long[] {rows});
                OrtSession.Result result = denoiser.run(Map.of(
                        names.latents(),
                        x,
                        names.timesteps(),
                        t,
                        names.classLabels().orElseThrow(),
                        y))) {
            FloatBuffer predicted = ((OnnxTensor) result.get(0)).getFloatBuffer();
            int stride = names.learnedSigma() ? 2 * size : size;
            int half = rows / 2;
            for (int i = 0; i < half; i++) {
                for (int k = 0; k < size; k++) {
                    float conditional = predicted.get(i * stride + k);
                    float unconditional = predicted.get((half + i) * stride + k);
                    double noise = unconditional + SCALE * (conditional - unconditional);
                    double clean = (latents.get(i * size + k) - Math.sqrt(1 - here) * noise) / Math.sqrt(here);
                    float value = (float) (Math.sqrt(next) * clean + Math.sqrt(1 - next) * noise);
                    latents.put(i * size + k, value).put((half + i) * size + k, value);
                }
            }
        }
    }

    /** Share of signal left at a training timestep, the cumulative product of 1 - beta. */
    private double signal(int timestep) {
        NoiseSchedule schedule = manifest.noiseSchedule();
        double product = 1;
        for (int i = 0; i <= timestep; i++) {
            double share = (double) i / (schedule.trainSteps() - 1);
            product *= 1 - (schedule.betaStart() + share * (schedule.betaEnd() - schedule.betaStart()));
        }
        return product;
    }

    private void decode(FloatBuffer latents) throws Exception {
        FloatBuffer scaled = floats(shape.elements());
        for (int i = 0; i < shape.elements(); i++) {
            scaled.put(i, (float) (latents.get(i) / manifest.latent().scalingFactor()));
        }
        long[] dims = {1, shape.channels(), shape.height(), shape.width()};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, scaled, dims);
                OrtSession.Result result =
                        decoder.run(Map.of(manifest.latentDecoder().input(), input))) {
            OnnxTensor pixels = (OnnxTensor) result.get(0);
            long[] size = pixels.getInfo().getShape();
            ImageIO.write(
                    image(pixels.getFloatBuffer(), (int) size[3], (int) size[2]), "png", new ByteArrayOutputStream());
        }
    }

    private static BufferedImage image(FloatBuffer pixels, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int plane = width * height;
        for (int i = 0; i < plane; i++) {
            int rgb = 0;
            for (int channel = 0; channel < 3; channel++) {
                rgb = rgb << 8 | (int) Math.clamp(127.5f * pixels.get(channel * plane + i) + 128f, 0f, 255f);
            }
            image.setRGB(i % width, i / width, rgb);
        }
        return image;
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public void close() throws OrtException {
        denoiser.close();
        decoder.close();
    }
}

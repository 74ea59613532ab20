package dev.genfleet.engine;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.onnx.TinyCaptionModel;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.onnx.TinyVideoModel;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.VideoSpec;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import java.io.PrintStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A process that makes many pictures and videos through a real engine and prints what memory it holds as it goes: jobs done, KiB
 * resident outside the Java heap, classes and compiled code, and KiB of direct buffers. Arguments: jobs, jobs between two lines.
 */
final class NativeMemoryRun {

    private static final PrintStream OUT = System.out;
    private static final int AT_ONCE = 8;
    private static final List<OutputFormat> VIDEOS = List.of(OutputFormat.MP4, OutputFormat.GIF, OutputFormat.WEBM);

    private final Engine engine;
    private final List<ModelManifest> models;

    private NativeMemoryRun(Engine engine, List<ModelManifest> models) {
        this.engine = engine;
        this.models = models;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("native-memory");
        List<ModelManifest> models = List.of(
                TinyPackage.write(Files.createDirectory(folder.resolve("classes")), 32, 2, 1)
                        .manifest(),
                TinyCaptionModel.write(
                                Files.createDirectory(folder.resolve("captions")),
                                ModelConditioning.NullText.EMPTY_CAPTION)
                        .manifest(),
                TinyVideoModel.write(
                                Files.createDirectory(folder.resolve("videos")), TinyVideoModel.MotionInput.PRESENT)
                        .manifest());
        EngineSettings settings =
                EngineSettings.on(new Device.Cpu()).withDenoiserThreads(1).withDecodeBatch(new DecodeBatch(4, 1 << 20));
        try (Engine engine = Engine.start(settings, ModelPackages.load(folder))) {
            new NativeMemoryRun(engine, models).run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        }
    }

    private void run(int jobs, int between) throws Exception {
        Queue<RecordingListener> under = new ArrayDeque<>();
        for (int job = 1; job <= jobs; job++) {
            RecordingListener listener = new RecordingListener();
            engine.submit(new Generation("job", spec(job), Priority.STANDARD, Instant.EPOCH), listener);
            under.add(listener);
            if (under.size() == AT_ONCE || job % between == 0 || job == jobs) {
                while (!under.isEmpty()) {
                    under.remove().pictures.get(2, TimeUnit.MINUTES);
                }
            }
            if (job % between == 0) {
                report(job);
            }
        }
    }

    /** By turns labels, captions that were never seen before, videos, and pictures of several. */
    private GenerationSpec spec(int job) {
        ModelManifest model = models.get(job % models.size());
        boolean video = model.video().isPresent();
        return new GenerationSpec(
                model.name(),
                model.digest(),
                model.conditioning() instanceof ModelConditioning.Captions
                        ? new Conditioning.Caption("a red circle ".repeat(1 + job % 4) + job, "")
                        : new Conditioning.ClassLabel(job % 3, "label"),
                model.sizes().getFirst(),
                video ? Optional.of(new VideoSpec(1 + job % 5, 8)) : Optional.empty(),
                1 + job % 2,
                job,
                new SamplerSpec(SamplerSpec.Scheduler.DDIM, 2, 0),
                new GuidanceSpec(GuidanceSpec.Kind.CFG, 3),
                video ? VIDEOS.get(job / models.size() % VIDEOS.size()) : OutputFormat.PNG);
    }

    private static void report(int job) throws Exception {
        System.gc(); // tensors hold direct buffers until they are collected
        long heap = Runtime.getRuntime().totalMemory();
        long code = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getCommitted();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        OUT.println("held " + job + " " + (resident() - (heap + code) / 1024) + " " + direct / 1024);
    }

    private static long resident() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IllegalStateException("/proc/self/status has no VmRSS");
    }
}

package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.genfleet.importer.census.GraphCensus;
import dev.genfleet.importer.census.WeightRegion;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.diffussm.DiffussmArchitecture;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.gentron.GentronArchitecture;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.precision.GraphForm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Packages of networks of up to billions of parameters, from checkpoints whose numbers are a hole in the file: as long as real ones,
 * next to nothing on the disk. Hashing, which reads every byte, is left out.
 */
class RealSizesTest {

    private static final long TWO_GIB = 1L << 31;
    private static final int WIDTH = 1152;

    @TempDir
    private Path folder;

    @Test
    void gentronG2IsASmallGraphOverTwelveGigabytesThatNobodyCopied() throws Exception {
        Checkpoint checkpoint = checkpoint(GentronArchitecture.g2());
        Path part = folder.resolve("part");
        ImportSummary.Part written = write(checkpoint, GentronArchitecture.g2(), part);

        assertThat(written.parameters()).isEqualTo(3_061_026_208L);
        assertThat(written.graphBytes()).isLessThan(2 << 20).isEqualTo(Files.size(part.resolve("model.onnx")));
        assertThat(Files.isSameFile(part.resolve("model.safetensors"), checkpoint.file()))
                .isTrue();
        assertThat(Files.size(checkpoint.file())).isGreaterThan(5 * TWO_GIB);
        coversTheWholeCheckpoint(part, checkpoint);
        assertThat(part.resolve(GraphBuilder.DERIVED_FILE)).doesNotExist();
    }

    @Test
    void diffussmXlHasSpectraOfWhatLiesBehindTwoGibibytes() throws Exception {
        Checkpoint checkpoint = checkpoint(DiffussmArchitecture.xl256());
        StoredTensor skip = checkpoint.find("blocks.28.ssm_bwd.D").orElseThrow();
        assertThat(skip.offset()).isGreaterThan(TWO_GIB);
        fill(skip, 3);
        Path part = folder.resolve("part");
        ImportSummary.Part written = write(checkpoint, DiffussmArchitecture.xl256(), part);

        assertThat(written.parameters()).isEqualTo(707_331_472);
        assertThat(written.graphBytes()).isLessThan(2 << 20);
        assertThat(Files.isSameFile(part.resolve("model.safetensors"), checkpoint.file()))
                .isTrue();
        Checkpoint derived = Safetensors.open(part.resolve(GraphBuilder.DERIVED_FILE));
        // With no state but the skip, a kernel is one pulse, whose spectrum is the same at every frequency
        assertThat(spectrum(derived, "blocks.28.ssm.spectrum_real", 0)).containsOnly(0f);
        assertThat(spectrum(derived, "blocks.28.ssm.spectrum_real", 1)).containsOnly(3f);
        assertThat(spectrum(derived, "blocks.27.ssm.spectrum_real", 1)).containsOnly(0f);
    }

    /** The checkpoint as an import finds it. */
    private Checkpoint checkpoint(DenoiserArchitecture architecture) throws Exception {
        Map<String, List<Long>> keys = new LinkedHashMap<>();
        Emission.keys(architecture).forEach(key -> keys.put(key.name(), key.shape()));
        return SparseCheckpoint.write(folder.resolve("published.safetensors"), keys);
    }

    private ImportSummary.Part write(Checkpoint checkpoint, DenoiserArchitecture expected, Path part) throws Exception {
        DenoiserArchitecture found = DenoiserFamilies.of(checkpoint, MissingNode.getInstance(), Optional.empty())
                .read(checkpoint, MissingNode.getInstance());
        assertThat(found).isEqualTo(expected);
        try (PackageDraft draft = PackageDraft.begin(folder.resolve("package"))) {
            ImportSummary.Part written = new PartWriter(WeightPlacement.LINK, Optional.empty())
                    .write(
                            draft,
                            "transformer/",
                            found,
                            checkpoint,
                            GraphForm.AS_WRITTEN,
                            new WeightReading(ImportListener.NONE));
            Files.move(draft.folder().resolve("transformer"), part);
            return written;
        }
    }

    /** Every byte of the checkpoint's numbers is read by one initialiser, none by two, and nothing else is read. */
    private static void coversTheWholeCheckpoint(Path part, Checkpoint checkpoint) throws Exception {
        GraphCensus census = GraphCensus.of(
                part.resolve("model.onnx"),
                Map.of("batch", 1L, "height", 32L, "width", 32L, "tokens", 77L, "tokens_2", 120L));
        List<WeightRegion> regions = census.weights().regions().stream()
                .sorted(Comparator.comparingLong(WeightRegion::offset))
                .toList();
        long end = checkpoint.tensors().stream()
                .mapToLong(StoredTensor::offset)
                .min()
                .orElseThrow();
        for (WeightRegion region : regions) {
            assertThat(region.location()).isEqualTo("model.safetensors");
            assertThat(region.offset()).as(region.name()).isEqualTo(end);
            end += region.length();
        }
        assertThat(end).isEqualTo(Files.size(checkpoint.file()));
    }

    private static void fill(StoredTensor tensor, float value) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate((int) tensor.length()).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat(value);
        }
        try (FileChannel channel = FileChannel.open(tensor.file(), StandardOpenOption.WRITE)) {
            assertThat(channel.write(bytes.flip(), tensor.offset())).isEqualTo((int) tensor.length());
        }
    }

    /** One direction's numbers of {@code [outer, 1, inner, 2, width]}. */
    private static float[] spectrum(Checkpoint derived, String name, int direction) throws Exception {
        StoredTensor tensor = derived.find(name).orElseThrow();
        try (FileChannel channel = FileChannel.open(tensor.file())) {
            FloatBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, tensor.offset(), tensor.length())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            float[] one = new float[all.remaining() / 2];
            for (int row = 0; row < one.length / WIDTH; row++) {
                all.get((2 * row + direction) * WIDTH, one, row * WIDTH, WIDTH);
            }
            return one;
        }
    }
}

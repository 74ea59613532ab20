package dev.genfleet.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.Golden;
import java.io.IOException;
import java.nio.file.Path;

/** Files that PyTorch wrote; {@code make.py} beside them says how. */
final class Resources {

    private Resources() {}

    static Path torch(String name) {
        return Golden.path("../torch/" + name);
    }

    /** The same keys with the same types, shapes and bytes. */
    static void assertSame(Checkpoint actual, Checkpoint expected) throws IOException {
        assertThat(actual.tensors().stream().map(StoredTensor::name))
                .containsExactlyElementsOf(
                        expected.tensors().stream().map(StoredTensor::name).toList());
        for (StoredTensor tensor : expected.tensors()) {
            StoredTensor other = actual.find(tensor.name()).orElseThrow();
            assertThat(other.type()).as(tensor.name()).isEqualTo(tensor.type());
            assertThat(other.shape()).as(tensor.name()).isEqualTo(tensor.shape());
            assertThat(other.read()).as(tensor.name()).isEqualTo(tensor.read());
        }
    }
}

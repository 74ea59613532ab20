package dev.genfleet.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackRecordTest {

    @TempDir
    Path folder;

    @Test
    void whatRunsIsRememberedAndFoundAgain() throws Exception {
        try (Children children = new Children(folder)) {
            Part part = children.sleeping();
            Path file = folder.resolve("stack.json");
            Endpoints.S3 s3 = new Endpoints.S3("http://127.0.0.1:2", "bucket", "access", "secret");
            Endpoints endpoints =
                    new Endpoints("http://127.0.0.1:1", "kafka", "redis", s3, "whsec_x", "models", folder.toString());

            new StackRecord(endpoints, List.of(part)).write(file);

            StackRecord read = StackRecord.read(file).orElseThrow();
            assertThat(read.endpoints()).isEqualTo(endpoints);
            assertThat(read.parts().getFirst().process().map(ProcessHandle::pid))
                    .hasValue(part.pid());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void credentialsAreDrawnOnceAndReadableByTheirOwnerOnly() throws Exception {
        Path file = folder.resolve("credentials.json");

        Credentials drawn = Credentials.keptIn(file);

        assertThat(Credentials.keptIn(file)).isEqualTo(drawn);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(drawn.webhookSecret()).startsWith("whsec_");
    }

    @Test
    void nothingIsRememberedWhereNothingRan() throws Exception {
        assertThat(StackRecord.read(folder.resolve("stack.json"))).isEmpty();
        assertThat(LocalStack.running(new StackFolder(folder))).isEmpty();
    }
}

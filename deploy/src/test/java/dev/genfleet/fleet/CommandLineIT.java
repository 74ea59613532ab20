package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a user has it: a process, its output and its exit code. */
class CommandLineIT {

    @TempDir
    Path folder;

    @AfterEach
    void nothingStaysRunning() throws Exception {
        run("down").finished();
        Program.assertNoneLeft(folder);
    }

    @Test
    void twoDemosSideBySideEachLeaveAPictureAndNothingElse() throws Exception {
        Program first = run("demo", "--label", "yellow star", "--seed", "7", "--steps", "10", "--out", out("a"));
        Program second = run("demo", "--label", "yellow star", "--seed", "7", "--steps", "10", "--out", out("b"));

        Program.Result a = first.finished();
        Program.Result b = second.finished();

        assertThat(a.exit()).as(a.output()).isZero();
        assertThat(b.exit()).as(b.output()).isZero();
        assertThat(a.output())
                .contains("seed 7", "100 %", "saved ", "queued ", "ran ")
                .contains("webhook generation.succeeded received, its signature is right");
        Path picture = folder.resolve("a/yellow-star-7.png");
        assertThat(picture).exists();
        assertThat(Files.mismatch(picture, folder.resolve("b/yellow-star-7.png")))
                .isEqualTo(-1);
        assertThat(temporaryFolders()).isEmpty();
    }

    @Test
    void aDemoThatCannotSucceedSaysWhyAndWhereTheLogsAre() throws Exception {
        Program.Result demo =
                run("demo", "--label", "red pentagon", "--out", out("c")).finished();

        assertThat(demo.exit()).isEqualTo(1);
        assertThat(demo.output()).contains("red pentagon", "red circle", "the logs are in " + folder);
        assertThat(folder.resolve("c")).doesNotExist();
    }

    @Test
    void aStackThatStaysKeepsItsJobsFromOneRunToTheNext() throws Exception {
        assertThat(run("up").finished().exit()).isZero();
        JsonNode endpoints =
                new JsonMapper().readTree(run("endpoints").finished().output());
        assertThat(endpoints.path("s3").path("secret_key").asText()).isNotBlank();
        assertThat(endpoints.path("home").asText()).isEqualTo(home().toString());
        assertThat(run("models").finished().output()).contains(Jobs.MODEL, "64 labels", "loaded by 1 worker");
        Program.Result generated = run("generate", "--label", "cyan ring", "--steps", "5", "--out", out("d"))
                .finished();
        assertThat(generated.exit()).as(generated.output()).isZero();
        String id = generated.output().replaceAll("(?s).*job ([0-9a-f-]{36}):.*", "$1");
        assertThat(run("cancel", id).finished().exit()).isEqualTo(1);
        assertThat(run("rebuild-view").finished().exit()).isZero();

        assertThat(run("down").finished().exit()).isZero();
        assertThat(run("job", id).finished().output()).contains("no local stack runs");
        assertThat(run("up").finished().exit()).isZero();

        Program.Result job = run("job", id).finished();
        assertThat(job.exit()).as(job.output()).isZero();
        assertThat(new JsonMapper().readTree(job.output()).path("state").asText())
                .isEqualTo("succeeded");
    }

    private Program run(String... arguments) throws Exception {
        return Program.start(home(), folder, List.of(arguments));
    }

    private Path home() {
        return folder.resolve("home");
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    private List<Path> temporaryFolders() throws Exception {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("genfleet-"))
                    .toList();
        }
    }
}

package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.local.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run of the command line in a process of its own. */
final class Program {

    private final Process process;
    private final Path output;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a command.
     *
     * @param home folder of the stack that {@code up} starts
     * @param temporary folder for the stacks of demos
     */
    static Program start(Path home, Path temporary, List<String> arguments) throws Exception {
        Installation installation = Installation.ofThisProgram();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-D" + Installation.ROOT_PROPERTY + "=" + installation.root());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-jar");
        command.add(jar(installation).toString());
        command.addAll(arguments);
        Path output = Files.createTempFile(temporary, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().remove("GENFLEET_URL");
        builder.environment().put("GENFLEET_HOME", home.toString());
        return new Program(builder.start(), output);
    }

    Result finished() throws Exception {
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the command did not end:\n" + Files.readString(output));
        }
        return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    /** No process runs whose command line names something under {@code folder}. */
    static void assertNoneLeft(Path folder) {
        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> process.info().arguments().map(List::of).orElse(List.of()).stream()
                                .anyMatch(argument -> argument.contains(folder.toString())))
                        .map(process -> process.pid() + " " + process.info().commandLine()))
                .isEmpty();
    }

    private static Path jar(Installation installation) throws IOException {
        try (Stream<Path> files = Files.list(installation.root().resolve("deploy/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("genfleet-deploy-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * What came of it.
     *
     * @param exit exit code
     * @param output standard output and standard error
     */
    record Result(int exit, String output) {}
}

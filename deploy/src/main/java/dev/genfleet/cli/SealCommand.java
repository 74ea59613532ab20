package dev.genfleet.cli;

import dev.genfleet.seal.PackageSeal;
import dev.genfleet.seal.SealException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Completes a model package around graphs that were exported elsewhere. */
@Command(
        name = "seal",
        mixinStandardHelpOptions = true,
        description = {
            "Completes a model package that was written by hand around ONNX graphs of one's own: checks every graph against",
            "model.json in a real session, then writes the hash of every file and the package's digest into it."
        })
final class SealCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PACKAGE", description = "Folder of the package: the one that holds model.json.")
    private Path folder;

    @Override
    public Integer call() throws CommandFailure {
        try {
            PackageSeal.seal(folder).forEach(spec.commandLine().getOut()::println);
            return 0;
        } catch (SealException e) {
            throw new CommandFailure(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure("the package could not be sealed: " + e, e);
        }
    }
}

package dev.genfleet.cli;

import dev.genfleet.local.ForegroundProgram;
import dev.genfleet.local.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Drops the jobs' view and has it built again. */
@Command(
        name = "rebuild-view",
        mixinStandardHelpOptions = true,
        description = "Drops the view of all jobs in the local stack's Redis; the gateway builds it again from Kafka.")
final class RebuildViewCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        return ForegroundProgram.rebuildView(Installation.ofThisProgram(), Target.localStack());
    }
}

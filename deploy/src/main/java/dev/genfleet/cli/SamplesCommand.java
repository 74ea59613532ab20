package dev.genfleet.cli;

import picocli.CommandLine.Command;

/** What concerns the sample models. */
@Command(
        name = "samples",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at what the sample models make.",
        subcommands = ReportCommand.class)
final class SamplesCommand {}

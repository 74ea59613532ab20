package dev.genfleet.cli;

import dev.genfleet.local.Installation;
import dev.genfleet.local.LocalStack;
import dev.genfleet.local.StackException;
import dev.genfleet.local.StackFolder;
import dev.genfleet.local.StackSettings;
import dev.genfleet.local.TemporaryFolder;
import java.time.Duration;
import java.time.Instant;

/** A local stack for one command: started, used, stopped, and its folder deleted. */
final class PassingStack {

    private final Terminal terminal;
    private final StackSettings settings;

    PassingStack(Terminal terminal, StackSettings settings) {
        this.terminal = terminal;
        this.settings = settings;
    }

    /** What goes before the start: the stack's folder is there, and empty. */
    interface Preparation {
        void prepare(StackFolder folder) throws StackException, CommandFailure;
    }

    /** What the stack is for. */
    interface Use {
        void with(LocalStack stack) throws CommandFailure, InterruptedException;
    }

    /**
     * Starts a stack, uses it and stops it.
     *
     * @throws CommandFailure when its use failed; then the folder stays, for the logs are in it
     */
    void run(Preparation preparation, Use use) throws StackException, CommandFailure, InterruptedException {
        Instant begun = Instant.now();
        StackFolder folder = TemporaryFolder.create();
        try {
            preparation.prepare(folder);
            run(folder, use);
        } catch (CommandFailure e) {
            throw new CommandFailure(e.getMessage() + "; the logs are in " + folder.logs(), e);
        }
        TemporaryFolder.delete(folder);
        terminal.line(
                "all stopped after " + Duration.between(begun, Instant.now()).toSeconds() + " s");
    }

    private void run(StackFolder folder, Use use) throws StackException, CommandFailure, InterruptedException {
        terminal.line("starting a local stack");
        try (LocalStack stack =
                LocalStack.start(folder, Installation.ofThisProgram(), settings, new StackTable(terminal))) {
            Thread interrupted = new Thread(() -> abandon(stack, folder), "stop-local-stack");
            Runtime.getRuntime().addShutdownHook(interrupted);
            try {
                use.with(stack);
            } catch (CommandFailure e) {
                if (dismissed(interrupted)) {
                    throw e;
                }
                throw new InterruptedException("stopped from outside");
            }
            dismissed(interrupted);
            terminal.line("stopping the local stack");
        }
    }

    /** False when this program is being ended already. */
    private static boolean dismissed(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Nobody waits for the result any more. */
    private static void abandon(LocalStack stack, StackFolder folder) {
        stack.close();
        try {
            TemporaryFolder.delete(folder);
        } catch (StackException e) {
            // What is left lies in the system's folder for temporary files.
        }
    }
}

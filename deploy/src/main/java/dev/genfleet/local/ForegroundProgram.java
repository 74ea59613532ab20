package dev.genfleet.local;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Runs a program of the fleet against a local stack in the foreground: its output is ours, and so is its exit code. */
public final class ForegroundProgram {

    private ForegroundProgram() {}

    /**
     * Runs one more worker until it ends.
     *
     * @param device {@code cpu} or {@code cuda:N}, or several with commas between
     * @return its exit code
     */
    public static int worker(Installation installation, Endpoints stack, String device)
            throws StackException, InterruptedException {
        return run(Launches.workerCommand(installation), stack, Map.of("GENFLEET_DEVICE", device));
    }

    /**
     * Drops and rebuilds the view of all jobs.
     *
     * @return exit code of the gateway's command
     */
    public static int rebuildView(Installation installation, Endpoints stack)
            throws StackException, InterruptedException {
        return run(Launches.gatewayCommand(installation, "rebuild-view"), stack, Map.of());
    }

    private static int run(List<String> command, Endpoints stack, Map<String, String> more)
            throws StackException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(stack.environment());
        builder.environment().putAll(more);
        try {
            Process process = builder.start();
            Thread stop = new Thread(() -> passOn(process), "stop-" + process.pid());
            Runtime.getRuntime().addShutdownHook(stop);
            return process.waitFor();
        } catch (IOException e) {
            throw new StackException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** A signal to us is one to the child: wait for it to finish its work. */
    private static void passOn(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

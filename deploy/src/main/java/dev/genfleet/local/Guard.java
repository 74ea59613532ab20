package dev.genfleet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends the parts when this program ends without having done so, as it does when it is killed: a shell that reads their process ids
 * from a pipe and stops them once the pipe is closed, whoever closed it.
 */
final class Guard implements AutoCloseable {

    private static final String SCRIPT = """
            trap '' INT HUP TERM
            pids=
            while read -r word pid; do
                [ "$word" = done ] && exit 0
                pids="$pids $pid"
            done
            [ -n "$pids" ] || exit 0
            kill -TERM $pids 2>/dev/null
            tries=0
            while kill -0 $pids 2>/dev/null && [ $tries -lt 10 ]; do
                sleep 1
                tries=$((tries + 1))
            done
            kill -KILL $pids 2>/dev/null
            exit 0
            """;

    private final Writer pipe;

    private Guard(Writer pipe) {
        this.pipe = pipe;
    }

    static Guard start() throws StackException {
        List<String> command = new ArrayList<>(Sessions.prefix());
        command.addAll(List.of("sh", "-c", SCRIPT));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Guard(process.outputWriter(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StackException("cannot start sh: " + e.getMessage(), e);
        }
    }

    synchronized void watch(ProcessHandle child) {
        try {
            pipe.write("watch " + child.pid() + "\n");
            pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the guard of the child processes is gone", e);
        }
    }

    /** All children have ended: the guard has nothing to do any more. */
    @Override
    public synchronized void close() {
        try (pipe) {
            pipe.write("done\n");
        } catch (IOException e) {
            // The guard is gone already, and so are the children.
        }
    }
}

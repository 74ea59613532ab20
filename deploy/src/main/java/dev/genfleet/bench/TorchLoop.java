package dev.genfleet.bench;

import dev.genfleet.local.Installation;
import dev.genfleet.local.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The same loop in PyTorch eager, in a process of its own: {@code deploy/benchmarks/dit_s2_torch.py --loop}. */
final class TorchLoop implements AutoCloseable {

    private final Process process;
    private final PrintStream questions;
    private final BufferedReader answers;

    private TorchLoop(Process process) {
        this.process = process;
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts it, with as many threads as there are processors.
     *
     * @param checkpoint of a DiT-S/2 in official keys
     * @throws IOException when it does not get ready; what it says stands on the error stream
     */
    static TorchLoop start(Path python, Path checkpoint) throws IOException, StackException {
        Path script = Installation.ofThisProgram().samples().resolveSibling("benchmarks/dit_s2_torch.py");
        TorchLoop loop = new TorchLoop(new ProcessBuilder(
                        python.toString(),
                        script.toString(),
                        checkpoint.toString(),
                        "--loop",
                        "--threads",
                        Integer.toString(Runtime.getRuntime().availableProcessors()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        loop.answer();
        return loop;
    }

    /** Seconds of so many pictures, without decoding. */
    double denoise(int pictures, int steps) throws IOException {
        questions.println(pictures + " " + steps);
        return Double.parseDouble(answer());
    }

    private String answer() throws IOException {
        return Optional.ofNullable(answers.readLine())
                .orElseThrow(() -> new IOException("PyTorch's loop ended before it answered"));
    }

    @Override
    public void close() {
        process.destroy();
    }
}

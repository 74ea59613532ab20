package dev.genfleet.worker;

/** The worker cannot start; the message is a sentence for whoever started it. */
final class StartException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    StartException(ExitCode code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    StartException(ExitCode code, String sentence) {
        super(sentence);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }
}

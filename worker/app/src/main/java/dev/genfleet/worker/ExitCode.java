package dev.genfleet.worker;

/** How the worker's process ends. */
enum ExitCode {
    /** It was told to stop and did. */
    STOPPED(0),
    /** Something that nobody foresaw. */
    FAULT(1),
    /** The environment does not describe a worker. */
    CONFIGURATION(2),
    /** The device that was asked for is not there. */
    DEVICE(3),
    /** No model package in the models folder can be used. */
    MODELS(4),
    /** Kafka does not answer or refuses. */
    KAFKA(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}

package dev.genfleet.bench;

import dev.genfleet.engine.device.Device;
import dev.genfleet.importer.precision.Precision;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is measured, and where. */
final class ModelChoice {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--model",
            defaultValue = "dit-s2",
            description =
                    "dit-s2, dit-xl2 (256 pixels), dit-xl2-512, all of random weights, or the sample model shapes-dit"
                            + " (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--precision",
            defaultValue = "fp32",
            description = "Of the denoiser: fp32, fp16, int8 or int8-weight-only (default: ${DEFAULT-VALUE}).")
    private String precision;

    @Option(names = "--device", defaultValue = "cpu", description = "cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device;

    /** The model's package, made in {@code folder} unless it is there. */
    BenchedModel make(Path folder) throws Exception {
        try {
            return BenchedModel.make(model, precision(), folder);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    Precision precision() {
        try {
            return Precision.parse(precision);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--" + e.getMessage(), e);
        }
    }

    Device device() {
        try {
            return Device.parse(device);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--" + e.getMessage(), e);
        }
    }

    /** Such as {@code dit-s2, fp32, cpu}. */
    @Override
    public String toString() {
        return model + ", " + precision().wireName() + ", " + device();
    }
}

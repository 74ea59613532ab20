package dev.genfleet.engine.device;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a model runs. */
public sealed interface Device {

    /** The processor. */
    record Cpu() implements Device {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * An NVIDIA GPU.
     *
     * @param ordinal its index as CUDA counts, from 0
     */
    record Cuda(int ordinal) implements Device {
        @Override
        public String toString() {
            return "cuda:" + ordinal;
        }
    }

    /**
     * Reads {@code cpu} or {@code cuda:N}.
     *
     * @throws IllegalArgumentException naming the value and the allowed ones
     */
    static Device parse(String text) {
        Matcher cuda = Pattern.compile("cuda:([0-9]{1,3})").matcher(text);
        if (cuda.matches()) {
            return new Cuda(Integer.parseInt(cuda.group(1)));
        }
        if (text.equals("cpu")) {
            return new Cpu();
        }
        throw new IllegalArgumentException("device is '" + text + "', but must be cpu or cuda:N, such as cuda:0");
    }
}

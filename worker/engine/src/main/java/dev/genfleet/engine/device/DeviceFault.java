package dev.genfleet.engine.device;

/** A forward or a decode that the device could not run. */
public final class DeviceFault extends Exception {

    private static final long serialVersionUID = 1L;

    public DeviceFault(String message, Throwable cause) {
        super(message, cause);
    }
}

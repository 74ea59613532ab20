package dev.genfleet.local;

/** Hears how the start of a local stack goes on. Called by several threads, one call at a time. */
public interface StackListener {

    /** A part is being started. */
    void starting(String part);

    /** A part is ready. */
    void ready(Part part);

    /** The sample models are in place: {@code names} were imported now or before. */
    void models(java.util.List<String> names);

    /** Hears nothing. */
    static StackListener silent() {
        return new StackListener() {
            @Override
            public void starting(String part) {}

            @Override
            public void ready(Part part) {}

            @Override
            public void models(java.util.List<String> names) {}
        };
    }
}

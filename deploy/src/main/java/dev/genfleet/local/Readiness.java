package dev.genfleet.local;

import java.io.IOException;
import java.util.Optional;

/** Asks a child whether it is ready. */
@FunctionalInterface
interface Readiness {

    /** The child's address (or name) once it is ready, empty before. */
    Optional<String> address() throws IOException;
}

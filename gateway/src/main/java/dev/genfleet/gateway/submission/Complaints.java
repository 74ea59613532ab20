package dev.genfleet.gateway.submission;

import dev.genfleet.gateway.http.Problem.FieldError;
import dev.genfleet.gateway.http.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with one request, one complaint a field. One thread. */
final class Complaints {

    private final List<FieldError> errors = new ArrayList<>();

    /** Adds a complaint unless the field has one. */
    void add(String pointer, String detail) {
        if (!concerns(pointer)) {
            errors.add(new FieldError(pointer, detail));
        }
    }

    boolean concerns(String pointer) {
        return errors.stream().anyMatch(error -> error.pointer().equals(pointer));
    }

    List<FieldError> all() {
        return List.copyOf(errors);
    }

    /** Throws when there is any complaint. */
    void settle() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}

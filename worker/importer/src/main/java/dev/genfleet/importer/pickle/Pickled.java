package dev.genfleet.importer.pickle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value that a pickle describes. Values can share and contain each other in circles, so the containers have no structural
 * {@code equals}, {@code hashCode} or {@code toString}, and whoever walks them bounds the walk.
 */
public sealed interface Pickled {

    /** None, and what is read over without being kept. */
    enum Nothing implements Pickled {
        NONE,
        BYTES
    }

    record Text(String value) implements Pickled {}

    record Truth(boolean value) implements Pickled {}

    record Whole(long value) implements Pickled {}

    /** A whole number that no long holds. */
    record Huge(BigInteger value) implements Pickled {}

    record Real(double value) implements Pickled {}

    /** A class or function by name, such as {@code collections OrderedDict}. */
    record Global(String module, String name) implements Pickled {

        public String path() {
            return module + "." + name;
        }
    }

    /** Something that is not in the pickle, by an id that means something to its writer. */
    final class Persistent implements Pickled {

        private final Pickled id;

        Persistent(Pickled id) {
            this.id = id;
        }

        public Pickled id() {
            return id;
        }
    }

    /** A list, tuple or set. */
    final class Sequence implements Pickled {

        private final List<Pickled> elements;

        Sequence(List<Pickled> elements) {
            this.elements = elements;
        }

        void add(List<Pickled> more) {
            elements.addAll(more);
        }

        public List<Pickled> elements() {
            return Collections.unmodifiableList(elements);
        }
    }

    /** A dict. Only entries whose key is text are kept: hashing others, such as nested tuples, has no bound. */
    final class Mapping implements Pickled {

        private final Map<String, Pickled> entries = new LinkedHashMap<>(4);

        void put(Pickled key, Pickled value) {
            if (key instanceof Text(String text)) {
                entries.put(text, value);
            }
        }

        public Map<String, Pickled> entries() {
            return Collections.unmodifiableMap(entries);
        }
    }

    /** What a callable would have made of arguments, had it been called, and what was then put into it. */
    final class Built implements Pickled {

        private final Pickled callable;
        private final Pickled arguments;
        private Optional<Pickled> state = Optional.empty();
        private Optional<Mapping> items = Optional.empty();

        Built(Pickled callable, Pickled arguments) {
            this.callable = callable;
            this.arguments = arguments;
        }

        void setState(Pickled state) {
            this.state = Optional.of(state);
        }

        Mapping makeItems() {
            if (items.isEmpty()) {
                items = Optional.of(new Mapping());
            }
            return items.get();
        }

        /** The callable where it is a plain name; it can be a value that another callable would have made. */
        public Optional<Global> callable() {
            return callable instanceof Global global ? Optional.of(global) : Optional.empty();
        }

        /** Positional arguments, none where the pickle gives no tuple. */
        public List<Pickled> arguments() {
            return arguments instanceof Sequence sequence ? sequence.elements() : List.of();
        }

        /** The callable whose arguments are these instead, for callables that only pass theirs on. */
        public static Built of(Pickled callable, Pickled arguments) {
            return new Built(callable, arguments);
        }

        public Optional<Pickled> state() {
            return state;
        }

        /** Entries put into it, as into a subclass of dict. */
        public Optional<Mapping> items() {
            return items;
        }

        /** The callable's name; for one that is made by another, the innermost name. */
        public String callableName() {
            Pickled named = callable;
            while (named instanceof Built built && built.callable != named) {
                named = built.callable;
            }
            return named instanceof Global global ? global.path() : "a value";
        }
    }

    /** A list that can grow, for the machine. */
    static Sequence sequence(List<Pickled> elements) {
        return new Sequence(new ArrayList<>(elements));
    }
}

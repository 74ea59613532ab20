package dev.genfleet.importer.checkpoint;

import dev.genfleet.importer.pickle.Pickled;
import java.util.List;
import java.util.Optional;

/**
 * A storage as a persistent id describes it: {@code ("storage", class, key, device, elements)}, in the legacy form followed by
 * {@code None} or, in the oldest files, by {@code (key, offset, elements)} of a view into that storage.
 *
 * @param key its name in the file
 * @param type element type of the class
 * @param elements of the whole storage
 * @param viewOffset elements before the view
 */
record TorchStorage(String key, DataType type, long elements, long viewOffset) {

    private static final int FIELDS = 5;

    /** Empty where the id describes something else, a storage of unknown class, or negative sizes. */
    static Optional<TorchStorage> of(Pickled id) {
        if (!(id instanceof Pickled.Sequence sequence) || sequence.elements().size() < FIELDS) {
            return Optional.empty();
        }
        List<Pickled> fields = sequence.elements();
        Optional<DataType> type = TorchTypes.ofStorage(fields.get(1));
        if (type.isPresent()
                && fields.get(0) instanceof Pickled.Text(String kind)
                && kind.equals("storage")
                && fields.get(2) instanceof Pickled.Text(String key)
                && fields.get(4) instanceof Pickled.Whole(long elements)
                && elements >= 0
                && elements <= Long.MAX_VALUE / Long.BYTES) {
            long view = fields.size() > FIELDS ? viewOffset(fields.get(FIELDS)) : 0;
            return view < 0 || view > elements
                    ? Optional.empty()
                    : Optional.of(new TorchStorage(key, type.get(), elements, view));
        }
        return Optional.empty();
    }

    long bytes() {
        return elements * type.bytes();
    }

    private static long viewOffset(Pickled view) {
        return view instanceof Pickled.Sequence sequence
                        && sequence.elements().size() == 3
                        && sequence.elements().get(1) instanceof Pickled.Whole(long offset)
                ? offset
                : 0;
    }
}

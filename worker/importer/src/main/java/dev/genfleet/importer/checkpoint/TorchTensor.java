package dev.genfleet.importer.checkpoint;

import dev.genfleet.importer.pickle.Pickled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dense tensor as {@code torch._utils._rebuild_tensor} (also v2 and v3) would make it: a view into a storage.
 *
 * @param storage what it looks into
 * @param type of its elements; v3 names one other than the storage's
 * @param offset elements of {@code type} before its first
 */
record TorchTensor(TorchStorage storage, DataType type, long offset, List<Long> shape, List<Long> strides) {

    /** Most dimensions, as in PyTorch. */
    private static final int MAX_RANK = 64;

    private static final int MAX_WRAPPERS = 8;

    /** Arguments before a v3's type; one more than these, or one after the type, says that values are to be negated. */
    private static final int DTYPE = 6;

    TorchTensor {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
    }

    /** Whether the value stands for a tensor, though perhaps not for a dense one. */
    static boolean isTensor(Pickled value) {
        return value instanceof Pickled.Built built
                && built.callable()
                        .filter(callable ->
                                TorchTypes.isTorch(callable) && callable.name().startsWith("_rebuild_"))
                        .isPresent();
    }

    /** Reads a value for which {@link #isTensor} holds; empty where it is not dense or its parts make no sense. */
    static Optional<TorchTensor> of(Pickled value) {
        Pickled inner = value;
        for (int depth = 0; depth < MAX_WRAPPERS && inner instanceof Pickled.Built built && isTensor(built); depth++) {
            List<Pickled> arguments = built.arguments();
            String function = built.callable().orElseThrow().name();
            switch (function) {
                case "_rebuild_parameter", "_rebuild_parameter_with_state" -> {
                    inner = arguments.isEmpty() ? Pickled.Nothing.NONE : arguments.getFirst();
                }
                case "_rebuild_from_type_v2" -> {
                    inner = arguments.size() < 3
                            ? Pickled.Nothing.NONE
                            : Pickled.Built.of(arguments.get(0), arguments.get(2));
                }
                case "_rebuild_tensor", "_rebuild_tensor_v2" -> {
                    return arguments.size() > DTYPE ? Optional.empty() : view(arguments, Optional.empty());
                }
                case "_rebuild_tensor_v3" -> {
                    return arguments.size() != DTYPE + 1
                            ? Optional.empty()
                            : TorchTypes.ofDtype(arguments.get(DTYPE))
                                    .flatMap(type -> view(arguments, Optional.of(type)));
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Row-major without gaps; strides of dimensions of one element are free. */
    boolean isContiguous() {
        if (shape.contains(0L)) {
            return true;
        }
        long expected = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            if (shape.get(i) != 1 && strides.get(i) != expected) {
                return false;
            }
            expected *= shape.get(i); // an overflow is noticed where the tensor's length is
        }
        return true;
    }

    private static Optional<TorchTensor> view(List<Pickled> arguments, Optional<DataType> type) {
        if (arguments.size() < 4
                || !(arguments.get(0) instanceof Pickled.Persistent persistent)
                || !(arguments.get(1) instanceof Pickled.Whole(long offset))) {
            return Optional.empty();
        }
        Optional<List<Long>> shape = naturals(arguments.get(2));
        Optional<List<Long>> strides = naturals(arguments.get(3));
        if (offset < 0
                || shape.isEmpty()
                || strides.isEmpty()
                || shape.get().size() != strides.get().size()) {
            return Optional.empty();
        }
        return TorchStorage.of(persistent.id())
                .map(storage ->
                        new TorchTensor(storage, type.orElse(storage.type()), offset, shape.get(), strides.get()));
    }

    /** A tuple of whole numbers from 0, or a {@code torch.Size} of one. */
    private static Optional<List<Long>> naturals(Pickled value) {
        Pickled tuple = value instanceof Pickled.Built size && size.arguments().size() == 1
                ? size.arguments().getFirst()
                : value;
        if (!(tuple instanceof Pickled.Sequence sequence) || sequence.elements().size() > MAX_RANK) {
            return Optional.empty();
        }
        List<Long> numbers = new ArrayList<>(sequence.elements().size());
        for (Pickled element : sequence.elements()) {
            if (!(element instanceof Pickled.Whole(long number)) || number < 0) {
                return Optional.empty();
            }
            numbers.add(number);
        }
        return Optional.of(numbers);
    }
}

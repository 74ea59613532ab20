package dev.genfleet.importer.pickle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The machine's stack with its marks. Nothing below the last mark can be taken before the mark is. */
final class PickleStack {

    private final List<Pickled> values = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();

    void push(Pickled value) {
        values.add(value);
    }

    void mark() {
        marks.push(values.size());
    }

    Pickled pop() throws PickleException {
        Pickled top = top();
        values.removeLast();
        return top;
    }

    Pickled top() throws PickleException {
        if (values.size() <= (marks.isEmpty() ? 0 : marks.peek())) {
            throw new PickleException("takes a value where there is none");
        }
        return values.getLast();
    }

    /** Takes what lies above the last mark, in order, and the mark. */
    List<Pickled> popToMark() throws PickleException {
        if (marks.isEmpty()) {
            throw new PickleException("refers to a mark that it never set");
        }
        List<Pickled> above = values.subList(marks.pop(), values.size());
        List<Pickled> taken = new ArrayList<>(above);
        above.clear();
        return taken;
    }

    /** Takes the top value, or the last mark where nothing lies above it. */
    void drop() throws PickleException {
        if (!marks.isEmpty() && marks.peek() == values.size()) {
            marks.pop();
        } else {
            pop();
        }
    }

    /** Takes {@code count} values, in the order in which they were pushed. */
    List<Pickled> pop(int count) throws PickleException {
        List<Pickled> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(pop());
        }
        return taken.reversed();
    }
}

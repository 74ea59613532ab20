package dev.genfleet.importer.pickle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one pickle of protocols 0 to 5 into {@link Pickled} values. Source: the instructions as Python's {@code pickletools}
 * documents them. Calls become {@link Pickled.Built} values and are never made.
 *
 * <p>Every instruction makes at most one value and consumes at least one byte, so {@link #MAX_INSTRUCTIONS} bounds time and,
 * with {@link #MAX_BYTES} for texts, memory (some 200 MiB at worst). Reading is a loop, not a recursion: nesting has no cost.
 */
public final class Unpickler {

    /** Longest pickle that is read; those of published checkpoints stay under 2 MiB, since weights lie outside. */
    public static final int MAX_BYTES = 32 << 20;

    /** Most instructions; a tensor takes about 25. */
    public static final int MAX_INSTRUCTIONS = 2_000_000;

    /** Most values that a pickle can refer back to. */
    static final int MAX_MEMO = 500_000;

    private static final int NEWEST_PROTOCOL = 5;

    private final PickleInput in;
    private final PickleStack stack = new PickleStack();
    private final Map<Long, Pickled> memo = new HashMap<>();
    private final List<Pickled> persistentIds = new ArrayList<>();

    /** Reads from the buffer's position, which ends up behind the pickle. */
    public Unpickler(ByteBuffer bytes) {
        this.in = new PickleInput(bytes);
    }

    /**
     * Reads the pickle.
     *
     * @throws PickleException when the bytes are no pickle, are truncated, use an extension, or exceed a limit
     */
    public Pickled read() throws PickleException {
        for (int count = 0; count < MAX_INSTRUCTIONS; count++) {
            int instruction = in.unsignedByte();
            if (instruction == '.') {
                return stack.pop();
            }
            execute(instruction);
        }
        throw new PickleException("has more than " + MAX_INSTRUCTIONS + " instructions");
    }

    /** Every persistent id met, in order, also those of values that the result no longer holds. */
    public List<Pickled> persistentIds() {
        return Collections.unmodifiableList(persistentIds);
    }

    private void execute(int instruction) throws PickleException {
        switch (instruction) {
            case 0x80 -> protocol(in.unsignedByte());
            case 0x95 -> in.skip(Long.BYTES); // a frame's length helps readers of streams only
            case '(' -> stack.mark();
            case '0' -> stack.drop();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.top());
            case 'N', 0x88, 0x89, 'I', 'J', 'K', 'M', 'L', 0x8a, 0x8b, 'F', 'G' -> stack.push(scalar(instruction));
            case 'S', 'T', 'U', 'V', 'X', 0x8c, 0x8d -> stack.push(text(instruction));
            case 'B' -> bytes(in.unsignedInt());
            case 'C' -> bytes(in.unsignedByte());
            case 0x8e, 0x96 -> bytes(in.signedLong());
            case ']', ')', 0x8f -> stack.push(Pickled.sequence(List.of()));
            case 'l', 't', 0x91 -> stack.push(Pickled.sequence(stack.popToMark()));
            case 0x85, 0x86, 0x87 -> stack.push(Pickled.sequence(stack.pop(instruction - 0x84)));
            case '}' -> stack.push(new Pickled.Mapping());
            case 'd' -> {
                List<Pickled> items = stack.popToMark();
                Pickled.Mapping mapping = new Pickled.Mapping();
                put(mapping, items);
                stack.push(mapping);
            }
            case 'a' -> append(stack.pop(1));
            case 'e', 0x90 -> append(stack.popToMark());
            case 's' -> setItems(stack.pop(2));
            case 'u' -> setItems(stack.popToMark());
            case 'p', 'q', 'r', 0x94 -> remember(instruction);
            case 'g', 'h', 'j' -> stack.push(recall(instruction));
            case 'c' -> stack.push(global(line(), line()));
            case 0x93 -> {
                List<Pickled> names = stack.pop(2);
                stack.push(global(names.getFirst(), names.getLast()));
            }
            case 'R', 0x81 -> {
                List<Pickled> call = stack.pop(2);
                stack.push(new Pickled.Built(call.getFirst(), call.getLast()));
            }
            case 0x92 -> {
                List<Pickled> call = stack.pop(3);
                stack.push(new Pickled.Built(call.getFirst(), call.get(1)));
            }
            case 'i' -> {
                Pickled callable = global(line(), line());
                stack.push(new Pickled.Built(callable, Pickled.sequence(stack.popToMark())));
            }
            case 'o' -> {
                List<Pickled> call = stack.popToMark();
                if (call.isEmpty()) {
                    throw new PickleException("makes an object of no class");
                }
                stack.push(new Pickled.Built(call.getFirst(), Pickled.sequence(call.subList(1, call.size()))));
            }
            case 'b' -> {
                Pickled state = stack.pop();
                if (stack.top() instanceof Pickled.Built built) {
                    built.setState(state);
                }
            }
            case 'P' -> persistent(new Pickled.Text(line()));
            case 'Q' -> persistent(stack.pop());
            default ->
                throw new PickleException("has 0x%02x at byte %d, which is no instruction of plain data"
                        .formatted(instruction, in.position() - 1));
        }
    }

    private static void protocol(int version) throws PickleException {
        if (version > NEWEST_PROTOCOL) {
            throw new PickleException("is of protocol " + version + ", but 0 to " + NEWEST_PROTOCOL + " are read");
        }
    }

    private Pickled scalar(int instruction) throws PickleException {
        return switch (instruction) {
            case 'N' -> Pickled.Nothing.NONE;
            case 0x88 -> new Pickled.Truth(true);
            case 0x89 -> new Pickled.Truth(false);
            case 'J' -> new Pickled.Whole(in.signedInt());
            case 'K' -> new Pickled.Whole(in.unsignedByte());
            case 'M' -> new Pickled.Whole(in.unsignedShort());
            case 0x8a -> TextForms.whole(in.bytes(in.unsignedByte()));
            case 0x8b -> TextForms.whole(in.bytes(in.signedInt()));
            case 'G' -> new Pickled.Real(in.bigEndianDouble());
            case 'F' -> TextForms.real(line());
            default -> TextForms.whole(line());
        };
    }

    private Pickled text(int instruction) throws PickleException {
        return switch (instruction) {
            case 'S' -> TextForms.quoted(line());
            case 'V' -> new Pickled.Text(TextForms.unescaped(in.line(StandardCharsets.ISO_8859_1)));
            case 'U', 0x8c -> new Pickled.Text(in.utf8(in.unsignedByte()));
            case 0x8d -> new Pickled.Text(in.utf8(in.signedLong()));
            default -> new Pickled.Text(in.utf8(in.unsignedInt()));
        };
    }

    private void bytes(long count) throws PickleException {
        in.skip(count);
        stack.push(Pickled.Nothing.BYTES);
    }

    private void append(List<Pickled> elements) throws PickleException {
        switch (stack.top()) {
            case Pickled.Sequence sequence -> sequence.add(elements);
            case Pickled.Built _ -> {} // a subclass of list: nothing that is looked for lies in one
            default -> throw new PickleException("appends to what is no list");
        }
    }

    private void setItems(List<Pickled> items) throws PickleException {
        switch (stack.top()) {
            case Pickled.Mapping mapping -> put(mapping, items);
            case Pickled.Built built -> put(built.makeItems(), items);
            default -> throw new PickleException("sets items of what is no dict");
        }
    }

    private static void put(Pickled.Mapping mapping, List<Pickled> items) throws PickleException {
        if (items.size() % 2 != 0) {
            throw new PickleException("has a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            mapping.put(items.get(i), items.get(i + 1));
        }
    }

    private void remember(int instruction) throws PickleException {
        memo.put(instruction == 0x94 ? memo.size() : memoIndex(instruction), stack.top());
        if (memo.size() > MAX_MEMO) {
            throw new PickleException("refers back to more than " + MAX_MEMO + " values");
        }
    }

    private Pickled recall(int instruction) throws PickleException {
        Pickled value = memo.get(memoIndex(instruction));
        if (value == null) {
            throw new PickleException("refers back to a value that it never had");
        }
        return value;
    }

    private long memoIndex(int instruction) throws PickleException {
        return switch (instruction) {
            case 'q', 'h' -> in.unsignedByte();
            case 'r', 'j' -> in.unsignedInt();
            default -> {
                if (TextForms.whole(line()) instanceof Pickled.Whole(long index)) {
                    yield index;
                }
                throw new PickleException("has a reference that is no number");
            }
        };
    }

    private static Pickled global(Pickled module, Pickled name) throws PickleException {
        if (module instanceof Pickled.Text(String in) && name instanceof Pickled.Text(String of)) {
            return global(in, of);
        }
        throw new PickleException("names a callable by what is no text");
    }

    private static Pickled global(String module, String name) {
        return new Pickled.Global(module, name);
    }

    private void persistent(Pickled id) {
        persistentIds.add(id);
        stack.push(new Pickled.Persistent(id));
    }

    private String line() throws PickleException {
        return in.line(StandardCharsets.UTF_8);
    }
}

package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.local.Installation;
import dev.genfleet.local.SampleModel;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The few words that a sample model of captions was trained with. To it every other word is one and the same. */
final class SampleWords {

    /** Words as the sample models' tokenizers cut them: letters and digits together, other signs together. */
    private static final Pattern WORD = Pattern.compile("\\w+|[^\\w\\s]+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final String SPECIAL = "<|";

    private SampleWords() {}

    /**
     * A sentence about the words of a caption that {@code model} does not know; empty where it knows all, is no sample model, or
     * this program was started without saying where its installation is.
     */
    static Optional<String> note(String model, Subject subject) throws CommandFailure {
        String root = System.getProperty(Installation.ROOT_PROPERTY);
        if (root == null
                || subject.caption().isEmpty()
                || SampleModel.named(model).isEmpty()) {
            return Optional.empty();
        }
        Path tokenizer =
                new Installation(Path.of(root)).samples().resolve(model).resolve("tokenizer/tokenizer.json");
        return Files.isRegularFile(tokenizer)
                ? note(model, words(tokenizer), subject.caption().get())
                : Optional.empty();
    }

    /** The sentence, where a caption has words that are not among {@code known}. */
    static Optional<String> note(String model, List<String> known, String caption) {
        Set<String> strange = new LinkedHashSet<>(WORD.matcher(caption.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList());
        known.forEach(strange::remove);
        if (strange.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("note: " + model + " knows these words: " + String.join(", ", known) + "; '"
                + String.join("', '", strange) + "' " + (strange.size() == 1 ? "is" : "are") + " none of them");
    }

    private static List<String> words(Path tokenizer) throws CommandFailure {
        try {
            List<String> words = new ArrayList<>();
            Json.read(Files.readAllBytes(tokenizer), JsonNode.class)
                    .path("model")
                    .path("vocab")
                    .fieldNames()
                    .forEachRemaining(words::add);
            return words.stream()
                    .filter(word -> !word.startsWith(SPECIAL))
                    .sorted()
                    .toList();
        } catch (IOException | MalformedRecordException e) {
            throw new CommandFailure("cannot read the words of " + tokenizer + ": " + e.getMessage(), e);
        }
    }
}

package dev.genfleet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterTest {

    @TempDir
    Path folder;

    private Children children;

    @BeforeEach
    void prepare() {
        children = new Children(folder);
    }

    @AfterEach
    void endAll() {
        children.close();
    }

    @Test
    void aPartThatEndsBeforeItIsReadySaysItsLastWordsAndItsLog() {
        assertThatThrownBy(() -> children.start("echo no space left; exit 3", Optional::empty))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("no space left")
                .hasMessageContaining(children.log().toString());
    }

    @Test
    void aTakenPortIsToldApartSoThatAnotherIsTried() {
        assertThatThrownBy(() -> children.start("echo 'bind: Address already in use'; exit 1", Optional::empty))
                .isInstanceOf(PortTakenException.class);
    }

    @Test
    void aPartThatIsNeverReadyIsGoneAfterwards() {
        assertThatThrownBy(() -> children.start("exec sleep 600", Optional::empty, Duration.ofMillis(300)))
                .hasMessageContaining("was not ready within");

        assertThat(children.last().onExit()).succeedsWithin(Children.LIMIT);
    }
}

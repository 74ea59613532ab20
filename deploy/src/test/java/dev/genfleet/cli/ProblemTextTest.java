package dev.genfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTextTest {

    @Test
    void printsEverySentenceAboutAField() {
        assertThat(ProblemText.failure(400, """
                        {"title":"The request is not valid","detail":"two fields are wrong",
                         "errors":[{"pointer":"/input/n","detail":"input.n is 99."},{"detail":"steps is 0."}]}
                        """)).hasMessage("input.n is 99.\n          steps is 0.");
    }

    @Test
    void fallsBackToTheDetailAndThenToTheStatus() {
        assertThat(ProblemText.failure(404, "{\"title\":\"No such job\",\"detail\":\"no job 7\"}"))
                .hasMessage("no job 7");
        assertThat(ProblemText.failure(502, "<html>Bad gateway</html>"))
                .hasMessage("the gateway answered with HTTP status 502");
    }
}

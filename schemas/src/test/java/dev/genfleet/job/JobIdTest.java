package dev.genfleet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobIdTest {

    @Test
    void idsAreUuidsOfVersionSevenAndSortByTimeOfMaking() {
        List<JobId> made = Stream.generate(JobId::next).limit(10_000).toList();
        assertThat(made).isSorted().doesNotHaveDuplicates().allSatisfy(id -> {
            assertThat(id.value().version()).isEqualTo(7);
            assertThat(id.value().variant()).isEqualTo(2);
        });
    }

    @Test
    void anIdSurvivesItsText() {
        JobId id = JobId.next();
        assertThat(JobId.parse(id.toString())).isEqualTo(id);
    }

    @Test
    void whatIsNoUuidIsNamed() {
        assertThatThrownBy(() -> JobId.parse("nonsense"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("job id is 'nonsense'");
    }
}

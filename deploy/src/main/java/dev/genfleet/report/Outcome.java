package dev.genfleet.report;

import dev.genfleet.samples.Agreement;
import dev.genfleet.samples.Aspect;
import java.util.Objects;

/** What became of an order. */
sealed interface Outcome {

    Order order();

    /** Whether everything that was asked for is there. */
    boolean allRight();

    /** Whether the request speaks of an aspect; of what failed, nobody can tell, and it counts as if it did. */
    boolean speaksOf(Aspect aspect);

    /** Whether the request speaks of an aspect and it is right. */
    boolean right(Aspect aspect);

    /**
     * A picture or a clip.
     *
     * @param work what the fleet made
     * @param agreement what the judge says about it
     */
    record Made(Order order, Work work, Agreement agreement) implements Outcome {
        public Made {
            Objects.requireNonNull(order, "order");
            Objects.requireNonNull(work, "work");
            Objects.requireNonNull(agreement, "agreement");
        }

        @Override
        public boolean allRight() {
            return agreement.allRight();
        }

        @Override
        public boolean speaksOf(Aspect aspect) {
            return agreement.aspects().containsKey(aspect);
        }

        @Override
        public boolean right(Aspect aspect) {
            return speaksOf(aspect) && agreement.right(aspect);
        }
    }

    /**
     * Nothing to look at.
     *
     * @param why a sentence
     */
    record Failed(Order order, String why) implements Outcome {
        public Failed {
            Objects.requireNonNull(order, "order");
            Objects.requireNonNull(why, "why");
        }

        @Override
        public boolean allRight() {
            return false;
        }

        @Override
        public boolean speaksOf(Aspect aspect) {
            return true;
        }

        @Override
        public boolean right(Aspect aspect) {
            return false;
        }
    }
}

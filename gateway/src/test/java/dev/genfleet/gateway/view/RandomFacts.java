package dev.genfleet.gateway.view;

import dev.genfleet.event.GenerationEvent;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.job.QueuedJob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What a job may go through when everything goes wrong: several leases, stale ones that still speak, several ends. */
final class RandomFacts {

    private RandomFacts() {}

    static List<Fact> of(JobId id, Random random) {
        QueuedJob job = Jobs.job(id);
        List<LeaseId> leases = List.of(LeaseId.next(), LeaseId.next(), LeaseId.next());
        List<Fact> facts = new ArrayList<>();
        facts.add(Jobs.queued(job, 7));
        if (random.nextInt(3) == 0) {
            facts.add(Jobs.queued(job, 9));
        }
        int events = random.nextInt(10);
        for (int offset = 0; offset < events; offset++) {
            LeaseId lease = leases.get(random.nextInt(leases.size()));
            facts.add(Jobs.at(offset * 3L, event(id, lease, random)));
        }
        return facts;
    }

    private static GenerationEvent event(JobId id, LeaseId lease, Random random) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> Jobs.leased(id, lease);
            case 2, 3 -> Jobs.started(id, lease);
            case 4, 5 -> Jobs.released(id, lease);
            case 6 -> Jobs.failed(id, lease);
            case 7 -> Jobs.succeeded(id, lease);
            default -> Jobs.canceled(id);
        };
    }

    /** The same facts in another order, some of them twice. */
    static List<Fact> shuffled(List<Fact> facts, Random random) {
        List<Fact> shuffled = new ArrayList<>(facts);
        for (Fact fact : facts) {
            if (random.nextInt(3) == 0) {
                shuffled.add(fact);
            }
        }
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}

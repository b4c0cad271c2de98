package dev.waybill.flow.sync;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.flow.job.SyncRules;
import dev.waybill.flow.job.SyncRules.Duplicates;
import dev.waybill.flow.job.SyncRules.Extent;
import dev.waybill.flow.job.SyncRules.Mode;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.FlowState;
import dev.waybill.ledger.KeyedFlow;
import dev.waybill.ledger.KeyedWriting;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.ledger.RunHeader;
import dev.waybill.ledger.RunJournal;
import dev.waybill.run.Run;
import dev.waybill.spi.SourceIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Plays a keyed flow from a seed, over a real ledger: a source that changes between runs, records
/// that are rejected and heal, a destination that fails, processes that die. Then the source rests
/// and the destination accepts, and after one more run
/// 1. the destination equals the source (or, if the flow is no mirror, has all that the source
///    has);
/// 2. no record that was accepted and has not changed was ever sent again;
/// 3. a further run sends nothing.
final class KeyedSimulation {

  private static final List<String> KEY = List.of("id");

  private final SplittableRandom random;
  private final KeyedPlant plant;
  private final KeyedWorld world;
  private final KeyedService service;
  private final Path file;
  private int deaths;

  /// What a flow was like, for statistics.
  record Result(int runs, int deaths, long sent) {}

  private KeyedSimulation(long seed, KeyedPlant plant, Path file) {
    this.random = new SplittableRandom(seed);
    this.plant = plant;
    this.world =
        new KeyedWorld(random.split(), plant == KeyedPlant.SEND_ALL ? Extent.ALL : Extent.CHANGES);
    this.service = new KeyedService(random.split());
    this.file = file;
  }

  /// Plays the flow of this seed.
  ///
  /// @param ledger a file that is not there yet
  /// @throws AssertionError if a promise was broken
  static Result play(long seed, KeyedPlant plant, Path ledger) {
    return new KeyedSimulation(seed, plant, ledger).play();
  }

  private Result play() {
    int runs = random.nextInt(2, 7);
    double deathChance = random.nextBoolean() ? 0 : random.nextDouble() * 0.15;
    for (int run = 0; run < runs; run++) {
      if (random.nextInt(4) > 0) {
        world.change();
      }
      run(deathChance, random.nextInt(4) == 0);
    }
    world.rest();
    service.behave();
    run(0, false);
    check();
    long before = service.sent;
    run(0, false);
    if (service.sent != before) {
      throw new AssertionError("a run with nothing to do sent " + (service.sent - before));
    }
    return new Result(runs + 2, deaths, service.sent);
  }

  private void run(double deathChance, boolean changesInBetween) {
    try (Ledger ledger = Ledgers.open(file.toString(), Durability.PROCESS)) {
      FlowState state = ledger.state(new KeyedFlow("flow", "there", KEY));
      try (Plan plan = Planner.plan(world.read(ordinal -> true), KEY, state, rules())) {
        if (changesInBetween) {
          world.changeInBetween();
        }
        String id = Run.newName();
        RunJournal<Fields> journal = ledger.begin(header(id));
        KeyedWriting keys = plan.begin(id, journal);
        var life = new KeyedLife(random.split(), service, plant, deathChance);
        life.write(id, plan.sendable(world.read(plan::wants)), journal, plan::doubted);
        if (plant != KeyedPlant.SKIP_DELETES) {
          keys.deletes();
          life.delete(id, plan.deletions(), journal);
        }
      } catch (KeyedLife.Death death) {
        deaths++;
      }
    } catch (UserException e) {
      throw new AssertionError(e);
    }
  }

  private SyncRules rules() {
    if (plant != KeyedPlant.WRONG_DUPLICATE) {
      return world.rules;
    }
    SyncRules right = world.rules;
    return new SyncRules(
        right.flow(),
        right.mode(),
        right.duplicates() == Duplicates.LAST ? Duplicates.FIRST : Duplicates.LAST,
        right.retry(),
        right.maxChanges(),
        right.maxDeletes(),
        right.limits(),
        right.extent(),
        right.writeBack());
  }

  private static RunHeader header(String id) {
    return new RunHeader(
        id, null, "flow", Instant.EPOCH, SourceIdentity.NONE, "here", "there", "", "{}", KEY);
  }

  private void check() {
    Map<String, String> expected = world.expected();
    Map<String, String> there =
        world.rules.mode() == Mode.MIRROR
            ? service.records
            : service.records.entrySet().stream()
                .filter(record -> expected.containsKey(record.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    if (!there.equals(expected)) {
      throw new AssertionError("there is " + there + ", and there should be " + expected);
    }
  }
}

package dev.waybill.testkit.simulation;

import dev.waybill.Batch;
import dev.waybill.Settlement;
import dev.waybill.spi.Journal;
import java.util.Map;

/// A journal at whose every step the process may die, and into which faults can be planted.
final class MortalJournal implements Journal<Integer> {

  private final Journal<Integer> journal;
  private final Plant plant;
  private final Runnable mayCrash;
  private int saidSince;

  MortalJournal(Journal<Integer> journal, Plant plant, Runnable mayCrash) {
    this.journal = journal;
    this.plant = plant;
    this.mayCrash = mayCrash;
  }

  @Override
  public void sends(Batch<Integer> batch) {
    mayCrash.run();
    if (plant != Plant.FORGET_INTENT) {
      journal.sends(batch);
    }
    if (plant == Plant.CONCLUDE_DOUBT) {
      journal.concluded(batch.number());
    }
  }

  @Override
  public void concluded(long number) {
    mayCrash.run();
    journal.concluded(number);
  }

  @Override
  public void settled(Settlement<Integer> settlement) {
    mayCrash.run();
    if (plant != Plant.FORGET_SETTLEMENT || settlement.items().size() % 7 != 0) {
      journal.settled(settlement);
    }
  }

  @Override
  public void wrote(Map<String, Long> lengths) {
    journal.wrote(lengths);
  }

  @Override
  public void commit() {
    mayCrash.run();
    if (plant == Plant.CALL_BEFORE_COMMIT && ++saidSince % 4 != 0) {
      return;
    }
    journal.commit();
    mayCrash.run();
  }

  @Override
  public void close() {
    journal.close();
  }
}

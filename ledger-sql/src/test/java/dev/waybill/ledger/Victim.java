package dev.waybill.ledger;

import java.io.IOException;

/// A process that works on a run until it is killed: announces a call, commits, and waits.
final class Victim {

  private Victim() {}

  public static void main(String[] arguments) throws IOException {
    Ledger ledger = Ledgers.open(arguments[0], Durability.PROCESS);
    RunJournal<String> journal = ledger.begin(Given.run("r"));
    journal.sends(Given.batch(1, 1, 10));
    journal.settled(Given.delivered(1, 1, 4));
    journal.commit();
    journal.settled(Given.delivered(1, 5, 7));
    System.out.println("ready");
    int end = System.in.read();
    throw new IllegalStateException("not killed, but told " + end);
  }
}

package dev.waybill.search;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.spi.Destination;
import dev.waybill.testkit.FaultProxy;
import dev.waybill.testkit.FaultProxy.Fault;
import dev.waybill.testkit.FaultScript;
import dev.waybill.testkit.Subject;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/// Contacts of its own in an index on the real node, behind a line that can be cut.
final class IndexSubject implements Subject<Fields> {

  private static final String INDEX = "contract";
  private static final AtomicInteger SUBJECTS = new AtomicInteger();

  // An index takes the node half a second to make, so all subjects share one.
  static {
    OpenSearchNode.makeIndex(INDEX);
  }

  private final String owner = "s" + SUBJECTS.incrementAndGet() + "-";
  private final FaultProxy line =
      FaultProxy.before(OpenSearchNode.port(), FaultScript.always(Fault.PASS));
  private final String mode;
  private List<String> ids = List.of();
  private long callsThen = -1;

  IndexSubject(String mode) {
    this.mode = mode;
  }

  @Override
  public Destination<Fields> open() {
    return Records.open(
        "elasticsearch://localhost:" + line.port() + "/" + INDEX,
        Records.KEYED,
        "mode",
        mode,
        "user",
        "waybill",
        "password",
        "a-secret-word");
  }

  @Override
  public Item<Fields> valid(long ordinal) {
    return contact(ordinal, 30 + ordinal % 50);
  }

  @Override
  public Optional<Item<Fields>> invalid(long ordinal) {
    return Optional.of(contact(ordinal, "thirty"));
  }

  private Item<Fields> contact(long ordinal, Object age) {
    String id = owner + ordinal;
    return Records.item(ordinal, id, Fields.of(Records.NAMES, id, id + "@example.com", age));
  }

  @Override
  public int timesApplied(Item<Fields> item) {
    return Collections.frequency(ids(), item.payload().text("id"));
  }

  @Override
  public long applied() {
    return ids().size();
  }

  /// Looked up anew only if calls were made since the last time.
  private List<String> ids() {
    long calls = line.count(Fault.PASS);
    if (calls != callsThen) {
      ids = OpenSearchNode.ids(INDEX, owner);
      callsThen = calls;
    }
    return ids;
  }

  @Override
  public FarSide breakDown() {
    line.refuse();
    return FarSide.BROKEN;
  }

  @Override
  public void mend() {
    line.accept();
  }

  @Override
  public List<String> secrets() {
    return List.of("a-secret-word", "d2F5YmlsbDphLXNlY3JldC13b3Jk");
  }

  @Override
  public OptionalLong calls() {
    return OptionalLong.of(line.count(Fault.PASS));
  }

  @Override
  public void close() {
    line.close();
  }
}

package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Reason;
import dev.waybill.delivery.Tally;
import dev.waybill.run.ReasonDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queries of docs/ledger.md, as they stand there.
final class DocsTest {

  private static final Path PAGE = Path.of("..", "docs", "ledger.md");
  private static final Pattern QUERY = Pattern.compile("(?s)```sql\\R(.*?)```");

  @TempDir Path directory;

  @Test
  void everyQueryFindsSomething() throws IOException, SQLException {
    String place = directory.resolve("ledger.db").toString();
    writeRuns(place);
    List<String> queries =
        QUERY.matcher(Files.readString(PAGE)).results().map((MatchResult m) -> m.group(1)).toList();

    assertThat(queries).hasSizeGreaterThan(4);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + place);
        var statement = connection.createStatement()) {
      for (String query : queries) {
        try (var row = statement.executeQuery(query)) {
          assertThat(row.next()).as(query).isTrue();
        }
      }
    }
  }

  private static void writeRuns(String place) {
    try (Ledger ledger = Ledgers.open(place, Durability.PROCESS)) {
      var reasons = new ReasonDigest();
      try (RunJournal<String> journal =
          ledger.begin(Given.run("6a1e0c52-3f5b-4d8e-9b0a-1c2d3e4f5a6b"))) {
        journal.sends(Given.batch(1, 1, 500));
        journal.settled(Given.delivered(1, 1, 417));
        journal.settled(Given.rejected(1, 418, 419));
        reasons.add(Given.rejected(1, 418, 419));
        journal.settled(Given.delivered(1, 420, 499));
        journal.settled(
            Given.settlement(
                1, Given.items(500, 500), Disposition.UNKNOWN, Reason.of("no answer in 10 s")));
        journal.settled(Given.unsent(501, 1000));
        journal.finish(
            Given.report(
                new Tally(1000, 497, 2, 1, 500, 3, 1, 0, 2), Reason.of("stopped"), reasons),
            "");
      }
      try (RunJournal<String> journal =
          ledger.begin(
              Given.retry(
                  "b7d4a1f0-52c6-4a3e-8f19-0d1e2f3a4b5c",
                  "6a1e0c52-3f5b-4d8e-9b0a-1c2d3e4f5a6b"))) {
        journal.sends(Given.batch(1, 500, 749));
        journal.commit();
      }
    }
  }
}

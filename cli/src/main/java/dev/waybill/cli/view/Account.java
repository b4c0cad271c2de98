package dev.waybill.cli.view;

import dev.waybill.cli.view.Screen.Ink;
import dev.waybill.delivery.Tally;
import dev.waybill.flow.account.Outcome;
import dev.waybill.run.ReasonDigest;
import dev.waybill.run.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The account of a run for a person: the dispositions, the commonest reasons, the files, and what
/// to do next.
public final class Account {

  private static final int MOST_REASONS = 8;
  private static final int NARROWEST = 60;

  private final Outcome outcome;
  private final Screen screen;
  private final int columns;
  private final List<String> lines = new ArrayList<>();

  private Account(Outcome outcome, Screen screen) {
    this.outcome = outcome;
    this.screen = screen;
    this.columns =
        screen.isTerminal()
            ? Math.max(NARROWEST, screen.columns().getAsInt())
            : Integer.MAX_VALUE / 2;
  }

  /// The account as text, ended by a newline.
  public static String of(Outcome outcome, Screen screen) {
    var account = new Account(outcome, screen);
    account.dispositions();
    account.troubles();
    account.reasons();
    account.files();
    outcome.next().ifPresent(next -> account.lines.addAll(List.of("", next)));
    return String.join(System.lineSeparator(), account.lines) + System.lineSeparator();
  }

  private void dispositions() {
    Report report = outcome.report();
    Tally tally = report.tally();
    row(tally.delivered(), "delivered", Ink.GOOD);
    row(tally.rejected(), "rejected", Ink.BAD);
    row(tally.unknown(), "unknown", Ink.DOUBTFUL);
    row(tally.unprocessed(), "unprocessed", Ink.DOUBTFUL);
    var about = new StringBuilder();
    about
        .append(String.format(Locale.ROOT, "%,12d  ", tally.offered()))
        .append(tally.offered() == 1 ? "record" : "records")
        .append(" in ")
        .append(Words.time(report.elapsed()))
        .append(", ")
        .append(Words.count(tally.calls(), "call"));
    if (tally.retries() > 0) {
      about.append(", of which ").append(Words.count(tally.retries())).append(" repeated");
    }
    if (tally.throttledCalls() > 0) {
      about.append(", ").append(Words.count(tally.throttledCalls())).append(" throttled");
    }
    if (report.throttled().toMillis() > 0) {
      about.append("; the destination was closed for ").append(Words.time(report.throttled()));
    }
    lines.add(about.toString());
  }

  private void row(long count, String word, Ink ink) {
    String text = String.format(Locale.ROOT, "%,12d  %s", count, word);
    lines.add(count == 0 ? screen.paint(Ink.FAINT, text) : screen.paint(ink, text));
  }

  private void troubles() {
    Report report = outcome.report();
    if (report.stopped() != null) {
      trouble("The run was given up: " + report.stopped());
    }
    if (report.unread() != null) {
      trouble("The input was not read to its end: " + report.unread());
    }
    if (report.unwritten() != null) {
      trouble("The files are not complete: " + report.unwritten());
    }
  }

  private void trouble(String sentence) {
    lines.add("");
    lines.add(screen.paint(Ink.BAD, sentence));
  }

  private void reasons() {
    List<ReasonDigest.Group> groups = outcome.report().reasons();
    if (groups.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(screen.paint(Ink.BOLD, "Why records were not delivered"));
    for (ReasonDigest.Group group : groups.subList(0, Math.min(MOST_REASONS, groups.size()))) {
      String code = group.code() == null ? "" : " (" + group.code() + ")";
      String word = group.disposition().name().toLowerCase(Locale.ROOT);
      lines.add(
          Words.cut(
                  String.format(Locale.ROOT, "%,12d", group.count()).replace(' ', '\u00a0')
                      + "\u00a0\u00a0"
                      + word
                      + ": "
                      + group.pattern()
                      + code,
                  columns)
              .replace('\u00a0', ' '));
      group.examples().forEach(example -> lines.add(example(group, example)));
    }
    if (groups.size() > MOST_REASONS) {
      lines.add(
          " ".repeat(14)
              + Words.count(groups.size() - MOST_REASONS, "more reason")
              + " in the files");
    }
  }

  private String example(ReasonDigest.Group group, ReasonDigest.Example example) {
    String place =
        example.line() > 0
            ? "line " + Words.count(example.line())
            : "record " + Words.count(example.ordinal());
    String key = example.key() == null ? "" : ", " + example.key();
    String message = example.message().equals(group.pattern()) ? "" : ": " + example.message();
    return screen.paint(Ink.FAINT, " ".repeat(14) + Words.cut(place + key + message, columns - 14));
  }

  private void files() {
    lines.add("");
    outcome.run().ifPresent(run -> lines.add(String.format(Locale.ROOT, "%12s  %s", "run", run)));
    outcome
        .files()
        .forEach(
            file ->
                lines.add(
                    String.format(
                        Locale.ROOT, "%,12d  in %s", file.records(), file.path() + file.note())));
  }
}

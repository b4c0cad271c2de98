package dev.waybill.flow.books;

import dev.waybill.ByteSlice;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Piece;
import dev.waybill.json.Json;
import dev.waybill.ledger.Ledger;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rows of a run's input, read once more.
public final class Export implements AutoCloseable {

  private static final String JSON_LINES = "jsonl";

  private final Source source;
  private final Ordinals wanted;
  private final boolean asJson;

  private Export(Source source, Ordinals wanted, boolean asJson) {
    this.source = source;
    this.wanted = wanted;
    this.asJson = asJson;
  }

  /// Opens the input again.
  ///
  /// @param form `csv` or `jsonl`; null for the input's own
  /// @throws UserException if it has changed, or has not this form
  public static Export open(Ledger ledger, Taken run, Ordinals wanted, @Nullable String form) {
    StoredJob stored = StoredJob.read(run.shortId(), run.record().header().job());
    Job job = run.again(stored.here());
    SourceProvider provider = Taken.connectors(ledger).source(job.format(), job.files());
    Source source =
        provider.open(
            job.files(), Options.of(provider.name(), provider.options(), job.sourceOptions()));
    try {
      new Piece(wanted, null, run.isLive() ? null : run.record().header().identity()).seek(source);
      boolean jsonInput = source.extension().equals(JSON_LINES);
      boolean asJson = form == null ? jsonInput : form.equals(JSON_LINES);
      if (form != null && !form.equals(JSON_LINES) && (jsonInput || !form.equals("csv"))) {
        throw new UserException(
            form.equals("csv")
                ? "The input is JSON Lines, whose rows are not to be had as csv: leave out --as."
                : "--as takes csv or jsonl, not '" + form + "'.");
      }
      return new Export(source, wanted, asJson && !jsonInput);
    } catch (RuntimeException | Error e) {
      source.close();
      throw e;
    }
  }

  /// Writes the rows.
  ///
  /// @throws IOException if they can not be written
  public void to(OutputStream out) throws IOException {
    var writing = new Writing(out);
    try {
      if (!asJson) {
        source.preamble().writeTo(out);
      }
      while (writing.read < wanted.last() && source.next(writing)) {
        // the intake writes
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
  }

  private final class Writing implements Intake<Fields> {

    private final OutputStream out;
    private boolean lacksLineEnd;
    private long read;

    Writing(OutputStream out) {
      this.out = out;
    }

    @Override
    public void accept(Item<Fields> item) {
      read = item.ordinal();
      if (wanted.has(read)) {
        try {
          write(item);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      accept(item);
    }

    private void write(Item<Fields> item) throws IOException {
      if (asJson) {
        out.write(Json.text(item.payload()).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        return;
      }
      if (lacksLineEnd) {
        out.write('\n');
      }
      Origin origin = Objects.requireNonNull(item.origin(), "an item from a file has an origin");
      ByteSlice row = origin.bytes();
      row.writeTo(out);
      byte last = row.length() == 0 ? (byte) '\n' : row.at(row.length() - 1);
      lacksLineEnd = last != '\n' && last != '\r';
    }
  }

  @Override
  public void close() {
    source.close();
  }
}

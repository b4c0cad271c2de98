package dev.waybill.flink.source;

import dev.waybill.Fields;
import dev.waybill.flink.wire.Parcel;
import dev.waybill.spi.LiveSourceProvider.Backlog;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/// The reader of a subtask: gives out records, and tells the enumerator what surveys came to.
@SuppressWarnings("try") // as Flink declares its closing
final class JobSourceReader
    extends SingleThreadMultiplexSourceReaderBase<
        Found, Parcel<Fields>, JobSplit, JobSourceReader.State> {

  /// A split, and how much of it was given out.
  static final class State {

    private final JobSplit split;
    private Found.Mark mark;

    State(JobSplit split) {
      this.split = split;
      this.mark =
          switch (split) {
            case JobSplit.Part part -> new Found.Mark(null, 0, 0);
            case JobSplit.Rows rows -> new Found.Mark(rows.from(), 0, 0);
            case JobSplit.Held held -> new Found.Mark(null, held.backlog().from(), 0);
            case JobSplit.Whole whole -> new Found.Mark(whole.from(), whole.done(), whole.digest());
          };
    }

    JobSplit rest() {
      return switch (split) {
        case JobSplit.Part part -> part;
        case JobSplit.Rows rows ->
            new JobSplit.Rows(rows.file(), rows.stretch(), mark.at(), rows.end());
        case JobSplit.Held held ->
            new JobSplit.Held(
                held.index(),
                new Backlog(held.backlog().partition(), mark.done(), held.backlog().to()));
        case JobSplit.Whole whole -> new JobSplit.Whole(mark.at(), mark.done(), mark.digest());
      };
    }
  }

  JobSourceReader(JobText text, SourceReaderContext context) {
    super(
        () -> new JobSplitReader(text),
        (found, output, state) -> emit(found, output, state, context),
        context.getConfiguration(),
        context);
  }

  private static void emit(
      Found found, SourceOutput<Parcel<Fields>> output, State state, SourceReaderContext context) {
    switch (found) {
      case Found.Surveyed(int file, var survey) ->
          context.sendSourceEventToCoordinator(new SurveyDone(file, survey));
      case Found.Record(var parcel, var after) -> {
        output.collect(parcel);
        state.mark = after;
      }
    }
  }

  @Override
  public void start() {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected void onSplitFinished(Map<String, State> finished) {
    context.sendSplitRequest();
  }

  @Override
  protected State initializedState(JobSplit split) {
    return new State(split);
  }

  @Override
  protected JobSplit toSplitType(String id, State state) {
    return state.rest();
  }
}

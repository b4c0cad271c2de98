package dev.waybill.flink.source;

import dev.waybill.UserException;
import dev.waybill.files.Division;
import dev.waybill.files.FileSource;
import dev.waybill.flow.job.Job;
import dev.waybill.spi.LiveSourceProvider;
import dev.waybill.spi.LiveSourceProvider.Backlog;
import dev.waybill.spi.Source;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/// Hands out what is to be read. Lives on the job manager, where one thread calls it.
///
/// A small file is one piece. A large one is surveyed in parts by the readers, and read in
/// stretches as far as the surveys reach: a reader that has nothing to read surveys the next part.
final class JobEnumerator implements SplitEnumerator<JobSplit, Progress> {

  private final SplitEnumeratorContext<JobSplit> context;
  private final Job job;
  private final long partBytes;
  private final List<LargeFile> large = new ArrayList<>();
  private final Queue<JobSplit> returned = new ArrayDeque<>();
  private final Set<Integer> waiting = new LinkedHashSet<>();
  private int nextFile;

  JobEnumerator(SplitEnumeratorContext<JobSplit> context, JobText text, Progress progress) {
    this.context = context;
    this.job = text.job();
    this.partBytes = progress.partBytes();
    this.nextFile = progress.nextFile();
    returned.addAll(progress.returned());
    for (Progress.Divided file : progress.divided()) {
      LargeFile opened =
          divided(file.file())
              .orElseThrow(
                  () ->
                      new UserException(
                          job.files().get(file.file())
                              + " has changed while it was read: run the job again."));
      file.surveys().forEach(opened::add);
      opened.handedOut(file.handedOut());
      large.add(opened);
    }
  }

  @Override
  public void start() {}

  @Override
  public void addReader(int subtask) {}

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    waiting.add(subtask);
    serve();
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (event instanceof SurveyDone(int file, var survey)) {
      large.stream().filter(each -> each.file() == file).forEach(each -> each.add(survey));
      serve();
    }
  }

  @Override
  public void addSplitsBack(List<JobSplit> splits, int subtask) {
    returned.addAll(splits);
    waiting.remove(subtask);
    serve();
  }

  private void serve() {
    waiting.removeIf(subtask -> !context.registeredReaders().containsKey(subtask));
    for (Iterator<Integer> readers = waiting.iterator(); readers.hasNext(); ) {
      int reader = readers.next();
      JobSplit split = next();
      if (split != null) {
        context.assignSplit(split, reader);
      } else if (large.isEmpty()) {
        context.signalNoMoreSplits(reader);
      } else {
        return;
      }
      readers.remove();
    }
  }

  private @Nullable JobSplit next() {
    if (!returned.isEmpty()) {
      return returned.remove();
    }
    for (LargeFile file : large) {
      JobSplit stretch = file.nextStretch();
      if (stretch != null) {
        large.removeIf(LargeFile::isHandedOut);
        return stretch;
      }
    }
    for (LargeFile file : large) {
      JobSplit part = file.nextPart();
      if (part != null) {
        return part;
      }
    }
    return nextFile < job.files().size() ? begin(nextFile++) : null;
  }

  /// What the source holds is looked at once; what comes later is none of this job's.
  private @Nullable JobSplit beginLive(LiveSourceProvider live) {
    List<Backlog> partitions = live.backlog(job.files().getFirst(), JobText.options(live, job));
    for (int index = 0; index < partitions.size(); index++) {
      returned.add(new JobSplit.Held(index, partitions.get(index)));
    }
    return returned.poll();
  }

  private @Nullable JobSplit begin(int file) {
    if (JobSource.needsOneReader(job)) {
      nextFile = job.files().size();
      return JobSplit.Whole.BEGINNING;
    }
    Optional<LiveSourceProvider> live = JobText.live(job);
    if (live.isPresent()) {
      return beginLive(live.get());
    }
    Optional<LargeFile> divided = divided(file);
    if (divided.isEmpty()) {
      return new JobSplit.Rows(file, 0, null, Long.MAX_VALUE);
    }
    LargeFile opened = divided.get();
    large.add(opened);
    return Objects.requireNonNull(opened.nextPart());
  }

  private Optional<LargeFile> divided(int file) {
    String name = job.files().get(file);
    if (Path.of(name).toFile().length() <= partBytes) {
      return Optional.empty();
    }
    try (Source source = JobText.open(job, List.of(name))) {
      Optional<Division> division =
          source instanceof FileSource plain ? plain.divided(partBytes) : Optional.empty();
      return division.map(parts -> new LargeFile(file, parts, partBytes));
    }
  }

  @Override
  public Progress snapshotState(long checkpoint) {
    return new Progress(
        partBytes,
        nextFile,
        large.stream().map(LargeFile::progress).toList(),
        List.copyOf(returned));
  }

  @Override
  public void close() {}
}

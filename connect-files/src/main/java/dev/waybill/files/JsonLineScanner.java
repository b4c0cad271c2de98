package dev.waybill.files;

import dev.waybill.files.CsvScanner.Outcome;

/// Finds the end of a line, and looks whether there is anything in it.
final class JsonLineScanner implements RowScanner {

  private int end;
  private int lineEnds;
  private boolean blank;

  @Override
  public Outcome scan(byte[] bytes, int from, int limit, boolean last) {
    blank = true;
    for (int i = from; i < limit; i++) {
      byte b = bytes[i];
      if (b == '\n') {
        end = i + 1;
        lineEnds = 1;
        return Outcome.RECORD;
      }
      blank &= b >= 0 && b <= ' ';
    }
    end = limit;
    lineEnds = 0;
    return last ? Outcome.RECORD : Outcome.MORE;
  }

  @Override
  public int end() {
    return end;
  }

  @Override
  public int lineEnds() {
    return lineEnds;
  }

  @Override
  public boolean isBlank() {
    return blank;
  }

  @Override
  public boolean endsLine(int b, int next) {
    return b == '\n';
  }
}

package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.Errand;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.SeqRange;
import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.proto.v1.ShiftQuestion;
import dev.counterfoil.proto.v1.ShiftReport;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.shift.ShiftTotals;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.OwnRecord;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Asks the server what a closed shift came to by its books, once they contain all its records, and tells the answer: into
/// the log, on paper, and on the glass as soon as nobody is being served. What was not answered is asked again, over
/// restarts too. Driven by the core's thread.
final class ShiftAnswers {

  /// The server adds some thousand records up; an answer that does not come was lost with its connection or shed.
  private static final long AGAIN_MILLIS = 10_000;
  private static final long NEVER = Long.MAX_VALUE;

  private final CoreOutput output;
  private long number;
  private long askAt;
  private boolean asked;
  private Optional<SaleEvent> untold = Optional.empty();

  ShiftAnswers(CoreOutput output) {
    this.output = output;
  }

  /// Boot milliseconds at which [#question] has something to ask, `Long.MAX_VALUE` if nothing waits.
  long wakeAt(JournalState journal, boolean serves) {
    return serves && isDue(journal) ? askAt : NEVER;
  }

  private static boolean isDue(JournalState journal) {
    long close = journal.shift().closeSeq();
    return close > 0 && journal.ack().statement().getSettled().getSeq() >= close;
  }

  /// What to ask now.
  ///
  /// @param serves whether the server can be asked
  Optional<Frame> question(JournalState journal, boolean serves, long now) {
    if (!serves) {
      askAt = 0;
      return Optional.empty();
    }
    if (!isDue(journal) || now < askAt) {
      return Optional.empty();
    }
    askAt = now + AGAIN_MILLIS;
    asked = true;
    return Optional.of(Frame.newBuilder().setErrand(Errand.newBuilder().setNumber(++number)
        .setShift(ShiftQuestion.newBuilder().setCloseSeq(journal.shift().closeSeq()))).build());
  }

  /// The server does not answer this shift, now or ever; it goes on being asked.
  void refused(String problem) {
    if (asked) {
      output.note("shift_unanswered", "problem=" + ProblemCode.printable(problem));
    }
  }

  void answered(ShiftAnswer answer, JournalState journal) {
    if (asked && answer.getCloseSeq() == journal.shift().closeSeq()) {
      asked = false;
      output.ask(new JournalTask.ShiftAnswered(answer));
    }
  }

  /// The answer is kept; from here on nobody asks again.
  ///
  /// @param closing the record that closed the shift
  void kept(ShiftAnswer answer, JournalRecord closing) {
    ShiftReport report = OwnRecord.body(closing, ShiftReport.parser());
    ShiftTotals own = ShiftTotals.of(report);
    ShiftTotals books = ShiftTotals.of(answer);
    long difference = books.netMinor() - own.netMinor();
    boolean equal = own.equals(books) && answer.getMissingCount() == 0;
    String facts = "shift=" + report.getShift() + " from=" + report.getFromSeq() + " to=" + report.getToSeq()
        + " terminal=" + own.netMinor() + " server=" + books.netMinor() + " difference=" + difference
        + " missing=" + ranges(answer.getMissingList()) + " unbooked=" + ranges(answer.getUnbookedList());
    if (equal) {
      output.note("shift_equal", facts);
    } else {
      output.alert("SHIFT_DIFFERS", facts);
    }
    output.add(new Effect.PrintShift(closing, answer));
    untold = Optional.of(new SaleEvent.ShiftAnswered(equal
        ? new Screen.ShiftEqual(report.getShift(), own.netMinor())
        : new Screen.ShiftDiffers(difference, books.netMinor(), ranges(concerned(answer)))));
  }

  private static List<SeqRange> concerned(ShiftAnswer answer) {
    return answer.getMissingCount() > 0 ? answer.getMissingList() : answer.getUnbookedList();
  }

  /// What the glass is to show as soon as it is free; told once.
  Optional<SaleEvent> untold() {
    var told = untold;
    untold = Optional.empty();
    return told;
  }

  private static String ranges(List<SeqRange> ranges) {
    return ranges.isEmpty() ? "none"
        : ranges.stream().map(range -> range.getFromSeq() == range.getToSeq()
            ? Long.toString(range.getFromSeq())
            : range.getFromSeq() + "-" + range.getToSeq()).collect(Collectors.joining(","));
  }
}

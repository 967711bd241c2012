package dev.counterfoil.sim.world.terminal;

import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.sim.world.NamedState;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.oracle.GroundTruth;
import dev.counterfoil.sim.world.oracle.PaperId;
import dev.counterfoil.terminal.core.JournalAnswer;
import dev.counterfoil.terminal.core.JournalTask;
import dev.counterfoil.terminal.journal.Refusal;
import dev.counterfoil.terminal.sale.Screen;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The witness in front of one terminal: sees what the glass says and which purchase it is about, and swears to it
/// before the oracle. Remembers the newest purchases only.
final class Glass {
  private static final int REMEMBERED = 64;

  private final World world;
  private final GroundTruth truth;
  private final int line;
  private final Map<PaperId, String> decided = new LinkedHashMap<>();
  private @Nullable PaperId asked;
  private @Nullable PaperId recording;
  private boolean cash;
  private boolean doubtful;
  private @Nullable Screen last;

  /// @param line the terminal's index within `truth`
  Glass(World world, GroundTruth truth, int line) {
    this.world = world;
    this.truth = truth;
    this.line = line;
  }

  @Nullable
  Screen last() {
    return last;
  }

  /// Whether power that ends now leaves a question to the server without an answer.
  boolean waitsForServer() {
    return asked != null;
  }

  /// Whether power that ends now comes between the decision and the glass.
  boolean isRecording() {
    return recording != null;
  }

  /// Whether power that ends now comes between the medium's error over a sale that landed and its VOID.
  boolean waitsForVoid() {
    PaperId sale = recording;
    return sale != null && doubtful && truth.isBooked(line, sale);
  }

  void asked(JournalTask task) {
    switch (task) {
      case JournalTask.RecordSale sale -> sale(sale);
      case JournalTask.RecordDecline(var decline) -> decline(decline);
      case JournalTask.RecordVoid _ -> world.coverage().reach(NamedState.SALE_VOIDED);
      case JournalTask.Restore _ -> world.coverage().reach(NamedState.ROLLED_BACK_REPAIRED);
      default -> {
        // Everything else is bookkeeping that no customer sees.
      }
    }
  }

  /// What the medium answered.
  void answered(JournalAnswer answer) {
    if (answer.task() instanceof JournalTask.RecordSale) {
      doubtful = answer.outcome() instanceof JournalAnswer.Failed failed && failed.inDoubt();
    }
    if (answer.refusal().filter(refusal -> refusal == Refusal.DISK_FULL).isPresent()) {
      world.coverage().reach(NamedState.DISK_FULL_REFUSED);
    }
  }

  private void sale(JournalTask.RecordSale task) {
    recording = PaperId.of(task.sale().getTransactionId());
    cash = task.token().isEmpty();
    boolean fellBack = recording.equals(asked) && task.sale().getOffline();
    remember(recording, fellBack ? "approved without the server" : "approved");
    if (fellBack) {
      world.coverage().reach(NamedState.FALLBACK_AFTER_800_MS);
    }
    if (!cash) {
      world.coverage()
          .reach(task.sale().getOffline() ? NamedState.APPROVED_OFFLINE : NamedState.APPROVED_ONLINE);
    }
    asked = null;
  }

  private void decline(Decline decline) {
    PaperId id = PaperId.of(decline.getTransactionId());
    truth.showsDeclined(line, id);
    remember(id, decline.getOffline() ? "declined without the server" : "declined");
    world.coverage().reach(decline.getOffline() ? NamedState.DECLINED_OFFLINE : NamedState.DECLINED_ONLINE);
    DeclineReason.of(decline.getReason()).ifPresent(this::reason);
    asked = null;
  }

  private void reason(DeclineReason reason) {
    switch (reason) {
      case ACCOUNT_FROZEN -> world.coverage().reach(NamedState.DECLINED_FROZEN);
      case CARD_LOST -> world.coverage().reach(NamedState.DECLINED_DENY_LIST);
      case INSUFFICIENT_BALANCE -> world.coverage().reach(NamedState.DECLINED_BALANCE);
      case OFFLINE_LIMIT_PER_TAP, OFFLINE_LIMIT_PER_CARD, LIMIT_PER_PERIOD, LIMIT_PER_TRANSACTION,
          LIMIT_WEEKEND,
          LIMIT_HOLIDAY, LIMIT_HOUR_COUNT, LIMIT_DAY_COUNT ->
        world.coverage().reach(NamedState.DECLINED_LIMIT);
      case OFFLINE_ALLOWANCE_USED -> world.coverage().reach(NamedState.ALLOWANCE_USED_UP);
      case CLOCK_UNKNOWN -> world.coverage().reach(NamedState.CLOCK_UNKNOWN_OR_STEPPED);
      default -> {
        // Other reasons are no states of their own.
      }
    }
  }

  void show(Screen screen) {
    last = screen;
    PaperId sale = recording;
    switch (screen) {
      case Screen.Approved(var amount, _, _, _) when sale != null -> {
        truth.showsApproved(line, sale, amount);
        world.tally().approved();
        recording = null;
      }
      case Screen.CashRecorded(var amount) when sale != null -> {
        truth.showsApproved(line, sale, amount);
        world.coverage().reach(NamedState.CASH_RECORDED);
        world.tally().approved();
        recording = null;
      }
      case Screen.Declined(var reason) -> {
        world.tally().declined();
        if (reason == DeclineReason.PAYMENT_FAILED && sale != null) {
          truth.showsDeclined(line, sale);
          recording = null;
        }
      }
      case Screen.OutOfOrder(var code) when code.equals("DISK_FULL") ->
        world.coverage().reach(NamedState.DISK_FULL_REFUSED);
      default -> {
        // Prompts promise nothing.
      }
    }
  }

  void said(Frame frame) {
    switch (frame.getBodyCase()) {
      case AUTHORIZE -> asked = PaperId.of(frame.getAuthorize().getTransactionId());
      case CANCEL -> world.coverage().reach(NamedState.HOLD_CANCELLED);
      case EPOCH_CONFIRM -> world.coverage().reach(NamedState.EPOCH_CONFIRMED);
      default -> {
        // Not about a purchase.
      }
    }
  }

  void heard(Frame frame) {
    if (frame.hasDecision()) {
      decision(PaperId.of(frame.getDecision().getTransactionId()),
          frame.getDecision().getOutcome() == Outcomes.OUTCOMES_APPROVED);
    }
  }

  private void decision(PaperId id, boolean approved) {
    String here = decided.get(id);
    if (here == null) {
      return;
    }
    if (here.equals("approved without the server")) {
      world.coverage().reach(approved
          ? NamedState.LATE_APPROVE_AFTER_OFFLINE_APPROVAL
          : NamedState.LATE_DECLINE_AFTER_OFFLINE_APPROVAL);
    } else if (here.equals("declined without the server") && approved) {
      world.coverage().reach(NamedState.LATE_APPROVE_AFTER_OFFLINE_DECLINE);
    }
  }

  private void remember(PaperId id, String how) {
    decided.put(id, how);
    if (decided.size() > REMEMBERED) {
      decided.remove(decided.keySet().iterator().next());
    }
  }
}

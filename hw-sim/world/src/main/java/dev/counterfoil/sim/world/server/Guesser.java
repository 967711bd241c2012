package dev.counterfoil.sim.world.server;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.authorization.PasswordTry;
import dev.counterfoil.settlement.authorization.PurchaseAnswer;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.sim.world.Holders.Holder;
import dev.counterfoil.sim.world.NamedState;
import dev.counterfoil.sim.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Somebody found a card and tries passwords all day, at any counter, for purchases that need one; and the card's owner buys
/// in between. LIM-16, by the oracle's own notes: five wrong ones in a row lock for half an hour in which nothing is
/// compared, whether or not the server lived to say so, and a right one ends the row.
///
/// What comparing takes is done on another thread in the real server and needs no hash here.
final class Guesser {
  /// From this much on a purchase needs a password; no terminal of the town sells for so much.
  static final long THRESHOLD_MINOR = 15_000;
  private static final int TRIES = 5;
  private static final long LOCK_MILLIS = 1_800_000;

  private final World world;
  private final ServerMachine server;
  private final SplittableRandom random;
  private final List<Try> tries = new ArrayList<>();
  private final Holder victim;

  /// A password that was compared, and became durable with the store's commit.
  private record Try(boolean right, long atMillis, int commit, int run) {}

  Guesser(World world, ServerMachine server) {
    this.world = world;
    this.server = server;
    this.random = world.random(24, 0);
    this.victim = world.holders().all().stream().max(Comparator.comparingLong(Holder::openingMinor))
        .orElseThrow();
  }

  /// Whoever has this card has a password.
  long account() {
    return victim.account();
  }

  void restoredTo(int commit) {
    tries.removeIf(one -> one.commit > commit);
  }

  void come() {
    TerminalId terminal = server.anyTerminal(random);
    boolean right = random.nextInt(12) == 0;
    var id = TransactionId.draw(world.trueMillis(), random);
    server.office(core -> attempt(core, terminal, id, right));
  }

  private void attempt(SettlementCore core, TerminalId terminal, TransactionId id, boolean right) {
    var question = Authorize.newBuilder().setAmountMinor(THRESHOLD_MINOR).setCurrency(World.CURRENCY)
        .setCardToken(ByteString.copyFrom(victim.card().bytes())).setMode(1)
        .setPassword(right ? "1" : "0").build();
    long now = world.trueMillis();
    long lockedUntil = lockedUntil();
    switch (core.authorize(terminal, id, question, Optional.empty(), now)) {
      case PurchaseAnswer.Compare(var stored) -> {
        require(now >= lockedUntil, "LIM-16", () -> "a password is compared, locked by " + tries);
        compared(core, terminal, id, question, new PasswordTry(stored, right));
      }
      case PurchaseAnswer.Decided(var decision) -> refused(decision, lockedUntil, now);
    }
  }

  /// By another gate, or because it is locked.
  private void refused(Decision decision, long lockedUntil, long now) {
    boolean locked = decision.getReason().equals("PASSWORD_LOCKED");
    require(!locked || now < lockedUntil, "LIM-16", () -> "locked by no more than " + tries);
    if (locked) {
      world.coverage().reach(NamedState.PASSWORD_LOCKED);
      if (tries.get(tries.size() - TRIES).run != server.runs()) {
        world.coverage().reach(NamedState.LOCKED_ACROSS_A_CRASH);
      }
    }
  }

  private void compared(SettlementCore core, TerminalId terminal, TransactionId id, Authorize question,
      PasswordTry tried) {
    long now = world.trueMillis();
    int before = server.commits();
    PurchaseAnswer answer;
    try {
      answer = core.authorize(terminal, id, question, Optional.of(tried), now);
    } finally {
      if (server.commits() > before) {
        tries.add(new Try(tried.right(), now, server.commits(), server.runs()));
      }
    }
    String expected = tried.right() ? "" : now < lockedUntil() ? "PASSWORD_LOCKED" : "PASSWORD_WRONG";
    require(answer instanceof PurchaseAnswer.Decided(var decision) && decision.getReason().equals(expected)
        && tried.right() == (decision.getOutcome() == Outcomes.OUTCOMES_APPROVED), "LIM-16",
        () -> "after " + tries + " the answer is " + answer);
    if (tried.right()) {
      core.cancel(terminal, id, now);
    }
  }

  /// What the tries so far come to.
  private long lockedUntil() {
    int wrong = 0;
    long lockedUntil = 0;
    for (Try one : tries) {
      wrong = one.right ? 0 : wrong + 1;
      if (wrong == TRIES) {
        wrong = 0;
        lockedUntil = one.atMillis + LOCK_MILLIS;
      }
    }
    return lockedUntil;
  }
}

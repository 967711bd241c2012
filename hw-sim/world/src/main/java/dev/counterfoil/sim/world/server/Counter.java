package dev.counterfoil.sim.world.server;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.request.KeyedRequest;
import dev.counterfoil.settlement.request.Reply;
import dev.counterfoil.sim.world.InvariantViolation;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.oracle.PaperBook;
import dev.counterfoil.sim.world.oracle.PaperDeed;
import dev.counterfoil.sim.world.oracle.PaperId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Where clerks hand their requests in: each is asked twice, as an impatient browser does, and must be done once (I-10).
/// What became durable stands in the paper book, whether or not the server lived to say so.
final class Counter {
  /// What nobody may hear whose request is new and within what the paper book allows.
  private static final Set<String> FALSE_REFUSALS = new TreeSet<>(
      List.of("IDEMPOTENCY_KEY_REUSED", "KEY_REUSED", "PARAMETER_ERROR", "REFUND_AMOUNT_EXCEEDED",
          "TRANSFER_AMOUNT", "REQUEST_OWN", "SUBSIDY_GRANTED"));

  private final World world;
  private final ServerMachine server;
  private final PaperBook paper;

  Counter(World world, ServerMachine server, PaperBook paper) {
    this.world = world;
    this.server = server;
    this.paper = paper;
  }

  /// The product's part of a request.
  interface Work {
    /// @param id names what is done
    /// @return what the paper book says if it becomes durable
    Outcome on(SettlementCore core, TransactionId id, long nowMs);
  }

  /// @param then what is to be remembered once it is durable
  record Outcome(PaperDeed deed, Runnable then) {

    static Outcome of(PaperDeed deed) {
      return new Outcome(deed, () -> {
      });
    }
  }

  /// What the paper book knows about a request when its turn comes.
  ///
  /// @param invariant the promise that is broken when it is done although it must not be
  /// @param lawful whether it may be done; the product may still have reasons of its own to refuse it
  record Rule(String invariant, BooleanSupplier lawful) {
    static final Rule NONE = new Rule("none", () -> true);
  }

  void ask(Clerk clerk, String action, String what, Rule rule, Work work) {
    server.office(core -> {
      var request = new KeyedRequest(World.SITE, clerk.caller(), clerk.name(), clerk.nextKey(), action,
          "the town", Sha256.hash((action + what).getBytes(StandardCharsets.UTF_8)), world.trueMillis());
      new Asked(request, rule, work).of(core);
    });
  }

  private final class Asked {
    private final KeyedRequest request;
    private final Rule rule;
    private final boolean lawful;
    private final Work work;
    private @Nullable Outcome outcome;

    Asked(KeyedRequest request, Rule rule, Work work) {
      this.request = request;
      this.rule = rule;
      this.lawful = rule.lawful().getAsBoolean();
      this.work = work;
    }

    void of(SettlementCore core) {
      int before = server.commits();
      try {
        askAgain(core, core.once(request, this::done));
      } catch (RefusedException refused) {
        require(!lawful || !FALSE_REFUSALS.contains(refused.code()), "I-10",
            () -> request + " was refused: " + refused.getMessage());
        world.trace().text(refused.code());
      } finally {
        note(before);
      }
    }

    private void askAgain(SettlementCore core, Reply first) {
      try {
        Reply again = core.once(request, this::done);
        require(again.repeated() && !first.repeated() && again.body().equals(first.body()), "I-10",
            () -> request + " was answered " + first + " and then " + again);
      } catch (RefusedException refused) {
        throw new InvariantViolation("I-10", request + " was done and then refused: " + refused.getMessage(),
            refused);
      }
    }

    private Done done(SettlementCore core) {
      Outcome made = work.on(core, request.transaction(), request.nowMs());
      outcome = made;
      return new Done(200, "{\"key\":\"" + request.key() + "\"}", "transaction " + request.transaction(), "",
          made.deed().toString());
    }

    private void note(int before) {
      Outcome made = outcome;
      if (server.commits() == before || made == null) {
        return;
      }
      require(server.commits() == before + 1, "I-10", () -> request + " was done twice");
      require(lawful, rule.invariant, () -> request + " was done: " + made.deed());
      paper.write(new PaperBook.Entry(request.name(), request.action(),
          PaperId.of(request.transaction()), made.deed(),
          server.commits()));
      made.then().run();
    }
  }
}

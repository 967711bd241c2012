package dev.counterfoil.terminal.core;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of the core begin with, anew for each: an enrolled terminal that has not met its server, and a till.
abstract class RiggedTerminal {

  static final CardToken OPERATOR = new CardToken(1, 0, 99);
  private static final int OPERATORS_ACCOUNT = 43;

  @TempDir
  Path folder;
  CoreRig rig;

  @BeforeEach
  void enrol() {
    rig = CoreRig.enrolled(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /// Lets it meet its server and hold one account and an operator's card, and then lose the network.
  final void offlineWith(long availableMinor) {
    rig.connectBoth();
    rig.snapshot(0, 3, false, CoreRig.account(CoreRig.CARD, availableMinor),
        CoreRig.account(OPERATOR, 0).toBuilder().setAccountId(OPERATORS_ACCOUNT).setOperatorCard(true)
            .build());
    rig.cut();
  }

  /// Ends this run as a power cut does, and starts the next.
  final void restart(int bootNumber) {
    rig.close();
    rig = CoreRig.started(folder, bootNumber);
  }

  /// Ends this run and starts the next, which sells in another way.
  final void restartAs(int bootNumber, SaleSettings sale) {
    rig.close();
    rig = CoreRig.startedAs(folder, bootNumber, sale);
  }

  /// The body of the newest sale.
  final Sale lastSale() {
    var record = rig.records().reversed().stream().filter(each -> each.is(RecordKind.SALE)).findFirst()
        .orElseThrow();
    try {
      return Sale.parseFrom(record.body());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  final void offer(String reference, long amountMinor) {
    rig.happen(new Event.Input(new SaleEvent.BasketOffered(new Basket(List.of(), amountMinor, reference))));
  }

  final void cash(String reference, long amountMinor) {
    rig.happen(new Event.Input(new SaleEvent.CashTaken(new Basket(List.of(), amountMinor, reference))));
  }

  /// What the till heard in this run.
  final List<TillOutcome> answers() {
    return rig.effects.stream().filter(Effect.AnswerTill.class::isInstance)
        .map(effect -> ((Effect.AnswerTill) effect).outcome()).toList();
  }

  final long count(RecordKind kind) {
    return rig.kinds().stream().filter(kind::equals).count();
  }
}

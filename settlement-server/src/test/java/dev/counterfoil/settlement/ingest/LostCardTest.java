package dev.counterfoil.settlement.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.trace.Requirement;
import org.junit.jupiter.api.Test;

/// Somebody tries a card that was reported lost: the operator hears of it, once in an hour.
class LostCardTest extends TilledServer {

  LostCardTest() {
    super(10_000);
  }

  private void tried(int card, String reason) {
    till.write(RecordKind.DECLINE, Decline.newBuilder().setTransactionId(Wire.bytes(server.transaction()))
        .setCardToken(ByteString.copyFrom(TestServer.token(card).bytes())).setAmountMinor(900)
        .setCurrency("CNY").setReason(reason).setOffline(true).setCount(1).build(), 0);
  }

  @Test
  @Requirement({"RSK-09"})
  void aLostCardThatIsTriedRaisesOneAlertInAnHour() {
    server.holder(2, 500);
    push(() -> {
      tried(1, "CARD_LOST");
      tried(1, "CARD_LOST");
      tried(2, "CARD_LOST");
    });
    push(() -> tried(1, "CARD_LOST"));

    assertThat(server.exceptions()).containsExactly(ExceptionKind.LOST_CARD_SHOWN,
        ExceptionKind.LOST_CARD_SHOWN);
    ExceptionRow first = server.store.exceptions(TestServer.SITE, true, 0, 10).getFirst();
    assertThat(first.account()).isEqualTo(holder.account());
    assertThat(first.terminal()).isEqualTo(1);
    assertThat(first.amount()).isEqualTo(900);
  }

  @Test
  void otherRefusalsAndUnknownCardsRaiseNothing() {
    push(() -> {
      tried(1, "INSUFFICIENT_BALANCE");
      tried(7, "CARD_LOST");
    });

    assertThat(server.exceptions()).isEmpty();
  }
}

package dev.counterfoil.terminal.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// I-19 and "one charge a transaction" over random orders of everything that can happen, answers for other
/// transactions among them.
class SaleOrdersTest {

  private static final int EVENTS = 4_000;
  /// Few digits for many confirmations, so that amounts are payable and a card finds one to pay.
  private static final String KEYS = "108*#####D+<B";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  @Requirement({"PAY-07"})
  void noOrderApprovesBeforeDurabilityOrRecordsTwiceForOnePresentation(long seed) {
    var random = new Random(seed);
    var rig = seed % 2 == 0 ? SaleRig.fixed(800) : SaleRig.keyed();
    int presentations = 0;
    int approvals = 0;
    for (int i = 0; i < EVENTS; i++) {
      SaleState before = rig.state;
      SaleEvent event = anyEvent(rig, random);
      rig.now += random.nextInt(400);
      rig.online = random.nextInt(5) > 0;

      List<SaleEffect> effects = rig.on(event);

      boolean recorded = event instanceof SaleEvent.Recorded(var id, var _)
          && before instanceof SaleState.Recording waiting && waiting.transaction().equals(id);
      boolean repeated = event instanceof SaleEvent.CardPresented && rig.state instanceof SaleState.Showing;
      boolean approved = SaleRig.saidApproved(effects);
      assertThat(!approved || recorded || repeated).as("seed %d event %d %s", seed, i, event).isTrue();
      presentations += event instanceof SaleEvent.CardPresented ? 1 : 0;
      approvals += approved && recorded ? 1 : 0;
      assertThat(rig.all(SaleEffect.RecordSale.class).size()).as("seed %d event %d", seed, i)
          .isLessThanOrEqualTo(presentations);
    }
    assertThat(approvals).as("seed %d reaches approvals", seed).isGreaterThan(10);
    noTransactionEndsTwice(rig, seed);
  }

  private static void noTransactionEndsTwice(SaleRig rig, long seed) {
    List<TransactionId> recorded = rig.all(SaleEffect.RecordSale.class).stream()
        .map(SaleEffect.RecordSale::transaction).toList();
    List<TransactionId> declined = rig.all(SaleEffect.RecordDecline.class).stream()
        .map(SaleEffect.RecordDecline::transaction).toList();

    assertThat(recorded).as("seed %d", seed).doesNotHaveDuplicates();
    assertThat(declined).as("seed %d", seed).isNotEmpty().doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(recorded);
  }

  private static SaleEvent anyEvent(SaleRig rig, Random random) {
    TransactionId id = random.nextInt(4) > 0 ? rig.transaction() : new TransactionId(1, random.nextInt(50));
    return switch (random.nextInt(15)) {
      case 0, 1, 2 -> new SaleEvent.KeyPressed(KEYS.charAt(random.nextInt(KEYS.length())));
      case 3, 4, 5 -> new SaleEvent.CardPresented(new CardToken(1, 0, random.nextInt(3)));
      case 6 -> new SaleEvent.CardRemoved();
      case 7 -> new SaleEvent.Approved(id, random.nextInt(2), SaleRig.ACCOUNT, SaleRig.BALANCE);
      case 8 -> new SaleEvent.Declined(id, DeclineReason.INSUFFICIENT_BALANCE, SaleRig.ACCOUNT);
      case 9 -> new SaleEvent.LinkLost();
      case 10, 11 -> new SaleEvent.Recorded(id, 17);
      case 12 -> new SaleEvent.RecordFailed(id);
      case 13 -> new SaleEvent.PasswordAsked(id);
      default -> new SaleEvent.Tick();
    };
  }
}

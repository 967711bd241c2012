package dev.counterfoil.terminal.driver.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardProof;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.ReaderEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardTrialTest {

  private static final CardRefusal LOST = CardRefusal.CARD_REMOVED;

  private final Deque<CardRefusal> outcomes = new ArrayDeque<>();
  private final Field field = new Field();
  private final CardTrial trial = new CardTrial(channel -> {
    if (outcomes.isEmpty()) {
      return new CardProof(CardProof.Kind.AUTHENTICATED, channel.card().uid());
    }
    throw new CardRefusedException(outcomes.removeFirst(), "played");
  });

  @Test
  void aCardThatLostContactAndStillLiesThereGetsThreeTries() throws Exception {
    outcomes.addAll(List.of(LOST, LOST));

    assertThat(trial.judge(field)).isInstanceOf(ReaderEvent.CardPresented.class);
    assertThat(field.looks).isEqualTo(2);
  }

  @Test
  void aCardThatLosesContactAgainAndAgainIsUnsteadyAndToldOnce() throws Exception {
    outcomes.addAll(List.of(LOST, LOST, LOST));

    assertThat(trial.judge(field)).isEqualTo(refused(CardRefusal.CARD_UNSTEADY));
    assertThat(field.forgotten).isFalse();
  }

  @Test
  void aCardThatIsGoneIsForgottenSoThatItMayComeBack() throws Exception {
    outcomes.add(LOST);
    field.lies = false;

    assertThat(trial.judge(field)).isEqualTo(refused(LOST));
    assertThat(field.forgotten).isTrue();
  }

  @Test
  void aCardThatIsRefusedForWhatItIsGetsNoSecondTry() throws Exception {
    outcomes.add(CardRefusal.CARD_FORGED);

    assertThat(trial.judge(field)).isEqualTo(refused(CardRefusal.CARD_FORGED));
    assertThat(field.looks).isZero();
  }

  private ReaderEvent refused(CardRefusal why) {
    return new ReaderEvent.CardRefused(field.channel().card(), why);
  }

  private static final class Field implements CardTrial.Place {

    private final CardChannel channel = new SimCardChannel(CardSpec.parse("desfire:04010203040506"));
    private boolean lies = true;
    private boolean forgotten;
    private int looks;

    @Override
    public CardChannel channel() {
      return channel;
    }

    @Override
    public boolean selectAgain() {
      looks++;
      return lies;
    }

    @Override
    public void forget() {
      forgotten = true;
    }
  }
}

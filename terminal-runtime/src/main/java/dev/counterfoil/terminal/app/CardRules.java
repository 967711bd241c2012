package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.driver.proof.CardKeys;
import dev.counterfoil.terminal.driver.proof.DesfireProver;
import dev.counterfoil.terminal.driver.proof.DesfireProver.Generation;
import dev.counterfoil.terminal.secret.CardKeyFile;
import dev.counterfoil.terminal.secret.KeyFaultException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// Makes the rule by which this terminal takes cards of what its configuration says.
final class CardRules {

  private CardRules() {}

  /// @param data   folder that relative paths of the configuration are below
  /// @param random unpredictable, for challenges
  /// @throws KeyFaultException if the rule needs keys and their file cannot be used
  static CardProver prover(TerminalConfig.Card card, Path data, RandomGenerator random)
      throws KeyFaultException {
    return switch (card.proof()) {
      case UID -> CardProver.UID;
      case DESFIRE_EV1 -> desfire(Generation.EV1, card, data, random);
      case DESFIRE_EV2 -> desfire(Generation.EV2, card, data, random);
    };
  }

  private static CardProver desfire(Generation generation, TerminalConfig.Card card, Path data,
      RandomGenerator random) throws KeyFaultException {
    var keys = CardKeyFile.read(data.resolve(card.keyFile()));
    return new DesfireProver(generation, card.file(), new CardKeys(keys.key(), card.diversified()),
        card.identity(),
        random);
  }
}

package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.driver.proof.CardKeys;
import dev.counterfoil.terminal.driver.proof.DesfireProver;
import dev.counterfoil.terminal.driver.proof.DesfireProver.Generation;
import dev.counterfoil.terminal.driver.proof.SectorProver;
import dev.counterfoil.terminal.driver.proof.SunCounterFile;
import dev.counterfoil.terminal.driver.proof.SunCounters;
import dev.counterfoil.terminal.driver.proof.SunProver;
import dev.counterfoil.terminal.secret.CardKeyFile;
import dev.counterfoil.terminal.secret.KeyFaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// Makes the rule by which this terminal takes cards of what its configuration says.
final class CardRules {

  private CardRules() {}

  /// @param data   folder that relative paths of the configuration are below
  /// @param random unpredictable, for challenges
  /// @throws KeyFaultException if the rule needs keys and their file cannot be used
  /// @throws StartException if the counters of tags cannot be used
  static CardProver prover(TerminalConfig.Card card, Path data, RandomGenerator random)
      throws KeyFaultException, StartException {
    return switch (card.proof()) {
      case UID -> CardProver.UID;
      case SECTOR -> new SectorProver(card.sector(), keys(card, data), card.identity());
      case SUN -> new SunProver(CardKeyFile.read(data.resolve(card.keyFile())).meta(), keys(card, data),
          counters(data.resolve("sun.counters")));
      case DESFIRE_EV1 -> desfire(Generation.EV1, card, data, random);
      case DESFIRE_EV2 -> desfire(Generation.EV2, card, data, random);
    };
  }

  private static CardProver desfire(Generation generation, TerminalConfig.Card card, Path data,
      RandomGenerator random) throws KeyFaultException {
    return new DesfireProver(generation, card.file(), keys(card, data), card.identity(), random);
  }

  private static CardKeys keys(TerminalConfig.Card card, Path data) throws KeyFaultException {
    return new CardKeys(CardKeyFile.read(data.resolve(card.keyFile())).key(), card.diversified());
  }

  private static SunCounters counters(Path file) throws StartException {
    try {
      return SunCounterFile.open(file);
    } catch (IOException e) {
      throw new StartException("SUN_COUNTERS_UNREADABLE", String.valueOf(e.getMessage()), e);
    }
  }
}

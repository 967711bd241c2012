package dev.counterfoil.terminal.health;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.driver.sound.Recordings;
import dev.counterfoil.terminal.sale.Texts.Language;
import dev.counterfoil.terminal.speech.SpokenScreen;
import java.nio.file.Path;

/// Whether every word that a terminal can say was recorded.
public final class SpokenWords {

  private SpokenWords() {}

  /// Looks into the folder; names every file that is missing.
  public static Finding find(Path folder, Language language) {
    var vocabulary = SpokenScreen.vocabulary(language);
    var missing = new Recordings(folder).missing(vocabulary);
    return missing.isEmpty()
        ? Finding.pass("speech", vocabulary.size() + " words in " + folder)
        : Finding.fail("speech", new DeviceFault(FaultCode.SOUND_MISSING, "speech",
            folder + " lacks " + String.join(".wav ", missing) + ".wav"));
  }
}

package dev.counterfoil.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.journal.ChainFixture;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReceiptCodeTest {

  private final JournalRecord record = ChainFixture.aChainOf(40).records().get(37);
  private final ReceiptCode code = ReceiptCode.of(record);

  @Test
  void aCodeReadsBackAsTypedByAHuman() {
    String sloppy = code.toString().toLowerCase(Locale.ROOT).replace('-', ' ').replace('0', 'o');

    assertThat(ReceiptCode.parse(sloppy)).contains(code);
    assertThat(code.matches(record)).isTrue();
  }

  @Test
  void aCodeDoesNotMatchAnotherRecordWithTheSameSequenceNumber() {
    JournalRecord other = ChainFixture.aChain().genesis().sale(5).sale(7).records().getLast();
    JournalRecord mine = ChainFixture.aChainOf(2).records().getLast();

    assertThat(other.seq()).isEqualTo(mine.seq());
    assertThat(ReceiptCode.of(mine).matches(other)).isFalse();
  }

  @Test
  void oneWrongCharacterIsNoticed() {
    String text = code.toString();
    for (int at = 0; at < text.length(); at++) {
      for (char c : "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray()) {
        if (text.charAt(at) != '-' && text.charAt(at) != c && !alikeToTheCheck(text.charAt(at), c)) {
          String typed = text.substring(0, at) + c + text.substring(at + 1);
          assertThat(ReceiptCode.parse(typed)).as(typed).isEmpty();
        }
      }
    }
  }

  /// The check character counts modulo 31, so the digits of value 0 and 31 are alike to it.
  private static boolean alikeToTheCheck(char one, char other) {
    return one == '0' && other == 'Z' || one == 'Z' && other == '0';
  }

  @Test
  void nonsenseIsNoCode() {
    for (String text : new String[] {"", "-", "abc", "U".repeat(20), "0".repeat(40), "00000000000000000"}) {
      assertThat(ReceiptCode.parse(text)).as(text).isEmpty();
    }
  }
}

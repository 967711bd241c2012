package dev.counterfoil.terminal.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.device.FaultCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcscCodeTest {

  @ParameterizedTest
  @CsvSource({"8010000B,PCSC_REFUSED,PCSC_ABSENT", "80100027,PCSC_REFUSED,PCSC_ABSENT",
      "8010006A,PCSC_REFUSED,PCSC_ABSENT", "80100009,PCSC_READER_MISSING,PCSC_READER_MISSING",
      "8010002E,PCSC_READER_MISSING,PCSC_READER_MISSING", "8010001D,PCSC_ABSENT,PCSC_ABSENT",
      "80100013,PCSC_ABSENT,PCSC_ABSENT"})
  void nobodyIsRefusedWhoOnlyWatches(String code, FaultCode connecting, FaultCode watching) {
    long value = Long.parseLong(code, 16);

    assertThat(PcscCode.fault(value)).isEqualTo(connecting);
    assertThat(PcscCode.faultWatching(value)).isEqualTo(watching);
  }
}

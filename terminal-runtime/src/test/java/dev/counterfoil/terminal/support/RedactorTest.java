package dev.counterfoil.terminal.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  private final Redactor redactor = new Redactor(List.of("00000000000000070000000000000009"));

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "event=x password=hunter2 y=1|hunter2",
      "event=x Password: \"two words\" y=1|two words",
      "{\"pin\":\"4711\",\"a\":1}|4711",
      "[server] token = 's3cr3t' # no|s3cr3t",
      "card_uid=04A1 z|04A1",
      "holder=\"Li Xiaolong\"|Xiaolong",
      "holder_name=李小龙 z|李小龙",
      "operator=wang z|wang",
      "PIN 4711 was typed|4711",
      "the password is hunter2|hunter2",
      "https://root:geheim@pay.example.org|geheim",
      "Authorization: Bearer abc.def|abc.def",
      "seen 04A1B2C3 at the reader|04A1B2C3",
      "seen 04:a1:b2:c3 at the reader|04:a1",
      "seen 04 A1 B2 C3 D4 E5 F6 at the reader|A1 B2",
      "number 6225880212345678 of a bank|62258802",
      "code QR=CFQ1-7XK2 z|7XK2",
      "key eHl6MTIzNDU2Nzg5MGFiY2RlZg== z|MTIzNDU2",
      "x qr_payload='a b c' z|a b"})
  void whatLooksLikeASecretOrAPersonIsTakenOut(String line, String secret) {
    assertThat(redactor.redact(line)).doesNotContain(secret);
  }

  @Test
  void aKeyInPemGoesAsAWhole() {
    assertThat(redactor.redact("a\n-----BEGIN PRIVATE KEY-----\nMIGH\nAgEA\n-----END PRIVATE KEY-----\nb"))
        .isEqualTo("a\n[key]\nb");
    assertThat(redactor.redact("-----BEGIN PRIVATE KEY-----\nMIGH")).isEqualTo("[key]");
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "2026-11-22T02:29:17.123Z level=WARN event=alert code=SYNC_FAILING channel=CHANNEL_JOURNAL failures=3 unsent=12",
      "Nov 22 02:29:17 till-1 counterfoil[812]: event=start terminal=Till-1 software=counterfoil-terminal/0.1.0",
      "FAIL READER_SILENT     reader /dev/ttyAMA0      no answer; check the wires",
      "OK   journal    file=/var/lib/counterfoil/journal.db schema=3 head=1204 percent=0",
      "id=00000000000000070000000000000009 at dev.counterfoil.terminal.app.RunningTerminal.open(RunningTerminal.java:130)",
      "[buzzer]\npin = 22\n[reader]\nreset-pin = 4\n[card]\nkey-file = \"cards.keys\"\ncash-key = true",
      "kernel=Linux version 6.12.25+rpt-rpi-2712 #1 SMP PREEMPT Debian 1:6.12.25-1+rpt1 (2025-04-30)"})
  void whatHelpsStays(String line) {
    assertThat(redactor.redact(line)).isEqualTo(line);
  }
}

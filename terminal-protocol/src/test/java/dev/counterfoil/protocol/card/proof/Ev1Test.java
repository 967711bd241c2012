package dev.counterfoil.protocol.card.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A recorded conversation of a real DESFire EV1 card through a PN532: authentication with key 1 of application AE16,
/// a file of 80 bytes made, listed, written, read and deleted, with every CMAC of both sides.
class Ev1Test {

  private static final HexFormat HEX = HexFormat.of();
  private static final AesKey KEY = AesKey.parse("10182028303840485058606870788088");
  private static final byte[] CHALLENGE = HEX.parseHex("B351CB2465D4F33AC627FD6E87A168F2");
  private static final byte[] RND_A = HEX.parseHex("40E7D27174CBA675E8EFBAB99C530E3D");
  private static final byte[] ANSWER = HEX.parseHex("A2EE144B1012FBEB7B2F11132D95A454");

  private final Ev1Handshake handshake = Ev1Handshake.answer(KEY, CHALLENGE, RND_A);

  @Test
  void theTokenAndTheSessionKeyAreThoseOfTheRecording() {
    assertThat(handshake.token()).isEqualTo(
        HEX.parseHex("044B6CAC343A0865895149649CA8DDE1F5AC4EC67BD208900AF02F049E05F0B0"));
    assertThat(handshake.finish(ANSWER).orElseThrow().key())
        .isEqualTo(AesKey.parse("40E7D271626FFBD49C530E3D304F5B17"));
  }

  @Test
  void aCardWithoutTheKeyProvesNothing() {
    byte[] other = ANSWER.clone();
    other[15] ^= 1;

    assertThat(handshake.finish(other)).isEmpty();
    assertThat(handshake.finish(Arrays.copyOf(ANSWER, 15))).isEmpty();
    assertThat(handshake.finish(new byte[0])).isEmpty();
  }

  @Test
  void anAnswerToAnotherChallengeProvesNothing() {
    byte[] rndA = RND_A.clone();
    rndA[0] ^= 1;

    assertThat(Ev1Handshake.answer(KEY, CHALLENGE, rndA).finish(ANSWER)).isEmpty();
  }

  @Test
  void everyCmacOfTheConversationIsThatOfTheRecording() {
    var session = handshake.finish(ANSWER).orElseThrow();

    session = command(session, "CD05001100500000", "F23B0368578C65AD705C52AFE76261B6");
    session = answer(session, "", "A75316AD1596B95374EEF55FB7FA00EC");
    session = command(session, "6F", "F69B3BADA99A58AA2BD736662E32D4B0");
    session = answer(session, "05", "2D5FF67FFEC9D2D36087211588EAC2D7");
    session = command(session, "F505", "6365D3B198DCA84043DF6DF8FE76DFD6");
    session = answer(session, "00001100500000", "2AAC7517024E09DC452857D5D56FD213");
    session = command(session, "3D05000000340000" + counting(0, 0x34), "5F7BCA269F97495C64BCFB3DB41449CA");
    session = answer(session, "", "765C9DAA50ECB62F59BACA81F2EF80F9");
    session = command(session, "3D053400001C0000" + counting(0x34, 0x50), "EDF32CB90997155F8C0A15BBCA118DA1");
    session = answer(session, "", "3E0AED986B8B0F37F64D79B911A5A6C9");
    session = command(session, "BD05000000300000", "433303AB3CFFA758BF7EB16FFEC47A70");
    session = answer(session, counting(0, 0x30), "4C65F1F842262BAC65FFBF61CF71FD06");
    session = command(session, "BD05300000200000", "C26BDE4EB965BC3C831C0771C42FD5B9");
    session = answer(session, counting(0x30, 0x50), "F02205CF913C03C9354C8FF43D1C9E61");
    session = command(session, "DF05", "169188F617AE87D4ABEFD4D058361BFD");
    answer(session, "", "1BEF0D32B6D1D7F9E6A832320919CE67");
  }

  @Test
  void aChangedAnswerAndOneOutOfTurnAreNotTheCards() {
    var session = handshake.finish(ANSWER).orElseThrow().sent(HEX.parseHex("CD05001100500000"));
    byte[] mac = HEX.parseHex("A75316AD1596B953");

    assertThat(session.received(new byte[0], mac)).isPresent();
    assertThat(session.received(new byte[] {1}, mac)).isEmpty();
    assertThat(session.received(new byte[0], Arrays.copyOf(mac, 7))).isEmpty();
    assertThat(session.sent((byte) 0x6F).received(new byte[0], mac)).isEmpty();
  }

  private static Ev1Session command(Ev1Session session, String command, String chain) {
    var next = session.sent(HEX.parseHex(command));
    assertThat(next.chain()).as("CMAC of command %s", command).isEqualTo(HEX.parseHex(chain));
    return next;
  }

  private static Ev1Session answer(Ev1Session session, String data, String chain) {
    var next = session.received(HEX.parseHex(data),
        Arrays.copyOf(HEX.parseHex(chain), Ev1Session.MAC_LENGTH));
    assertThat(next.map(Ev1Session::chain)).as("CMAC of answer %s", data).contains(HEX.parseHex(chain));
    return next.orElseThrow();
  }

  /// Bytes that count up, from the first to before the last.
  private static String counting(int first, int end) {
    var bytes = new StringBuilder();
    IntStream.range(first, end).forEach(i -> bytes.append(HEX.toHexDigits((byte) i)));
    return bytes.toString();
  }
}

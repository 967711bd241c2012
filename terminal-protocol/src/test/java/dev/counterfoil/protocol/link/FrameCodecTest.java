package dev.counterfoil.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Ping;
import dev.counterfoil.protocol.ReasonCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameCodecTest {

  private final FrameCodec codec = new FrameCodec(LinkLimits.DEFAULT);
  private final Frame ping = Frame.newBuilder().setPing(Ping.newBuilder().setNonce(7)).build();

  @Test
  void aFrameSplitAtEveryByteComesOutWholeAndOnce() throws LinkViolation {
    byte[] wire = codec.encode(ping);
    for (int split = 0; split < wire.length; split++) {
      ByteBuffer buffer = ByteBuffer.allocate(wire.length).put(wire, 0, split).flip();
      assertThat(codec.decode(buffer)).as("split %d", split).isEmpty();
      assertThat(buffer.position()).isZero();

      ByteBuffer whole = ByteBuffer.wrap(wire);
      assertThat(codec.decode(whole)).contains(ping);
      assertThat(whole.hasRemaining()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
      "4347010000000001, BAD_FRAME_MAGIC",
      "47, ",
      "434602, UNSUPPORTED_FRAME_VERSION",
      "43460101, BAD_FRAME_FLAGS",
      "4346010000000000, EMPTY_FRAME",
      "4346010000100001, FRAME_TOO_LARGE",
      "434601007fffffff, FRAME_TOO_LARGE",
      "43460100ffffffff, FRAME_TOO_LARGE",
      "434601000000000100, BAD_MESSAGE",
      "4346010000000002fa07, BAD_MESSAGE",
  })
  void aBadHeaderIsRefusedBeforeItsBodyArrives(String hex, String reason) throws LinkViolation {
    ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    if (reason == null) {
      assertThat(codec.decode(buffer)).isEmpty();
    } else {
      assertThatThrownBy(() -> codec.decode(buffer)).isInstanceOfSatisfying(LinkViolation.class,
          e -> assertThat(e.reason()).isEqualTo(ReasonCode.valueOf(reason)));
    }
  }

  @Test
  void nestingBeyondTheLimitIsNotFollowed() {
    // 100,000 start-group tags of an unknown field.
    byte[] groups = new byte[100_000];
    Arrays.fill(groups, (byte) 0xfb);
    for (int i = 1; i < groups.length; i += 2) {
      groups[i] = 0x07;
    }
    ByteBuffer buffer = ByteBuffer.allocate(8 + groups.length).putInt(0x43460100).putInt(groups.length)
        .put(groups).flip();

    assertThatThrownBy(() -> codec.decode(buffer)).isInstanceOf(LinkViolation.class);
  }

  @Test
  void noRandomBytesEverEscapeAsAnythingButAFrameOrAViolation() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = codec.encode(ping);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      for (byte[] input : new byte[][] {bytes, noise}) {
        assertDecodesOrViolates(seed, ByteBuffer.wrap(input));
      }
    }
  }

  private void assertDecodesOrViolates(int seed, ByteBuffer input) {
    try {
      Optional<Frame> frame = codec.decode(input);
      assertThat(frame.map(Frame::getBodyCase)).as("seed %d", seed)
          .isNotEqualTo(Optional.of(Frame.BodyCase.BODY_NOT_SET));
    } catch (LinkViolation e) {
      assertThat(e.reason()).as("seed %d", seed).isNotNull();
    }
  }
}

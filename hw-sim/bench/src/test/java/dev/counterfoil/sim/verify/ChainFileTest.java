package dev.counterfoil.sim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainFileTest {

  private static final VerificationKey KEY = new Ed25519Signer(new byte[32]).key();

  @TempDir
  private Path folder;

  private static byte[] chain() {
    var bytes = new ByteArrayOutputStream();
    RunFixture.good().records.forEach(record -> bytes.writeBytes(record.bytes()));
    return bytes.toByteArray();
  }

  private String check(byte[] bytes, VerificationKey key) throws Exception {
    Path file = Files.write(folder.resolve("chain.bin"), bytes);
    var out = new ByteArrayOutputStream();
    new ChainFile(new StrictVerifier()).check(file, key, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void anUnbrokenChainIsGood() throws Exception {
    assertThat(check(chain(), KEY)).startsWith("GOOD").endsWith("records=6 first=1 last=6 turnover=975");
  }

  @Test
  void theFirstBadByteIsNamed() throws Exception {
    byte[] bytes = chain();
    int second = RunFixture.good().records.getFirst().bytes().length;
    bytes[second + 160] ^= 1;
    assertThat(check(bytes, KEY)).startsWith("BAD byte=" + second + " record=1");
  }

  @Test
  void aCutFileIsBadAtTheRecordThatWasCut() throws Exception {
    byte[] bytes = chain();
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 5);
    assertThat(check(cut, KEY)).contains("record=5").contains("reason=TRUNCATED");
  }

  @Test
  void anotherKeyIsRefused() throws Exception {
    byte[] seed = new byte[32];
    seed[0] = 1;
    assertThat(check(chain(), new Ed25519Signer(seed).key())).contains("reason=UNKNOWN_KEY");
  }

  @Test
  void nothingIsNotAChain() throws Exception {
    assertThat(check(new byte[0], KEY)).startsWith("EMPTY");
  }
}

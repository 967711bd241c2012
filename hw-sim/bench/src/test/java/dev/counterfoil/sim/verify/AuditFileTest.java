package dev.counterfoil.sim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.audit.AuditLine;
import dev.counterfoil.settlement.audit.AuditRoot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

  private static final Ed25519Signer SIGNER = new Ed25519Signer(new byte[32]);

  @TempDir
  private Path folder;

  /// Header, three rows, a root, a fourth row.
  private static List<String> trail() {
    var lines = new ArrayList<String>(List.of(AuditLine.HEADER));
    AuditChain chain = AuditChain.empty(1);
    for (int i = 1; i <= 4; i++) {
      var entry = new AuditEntry(Instant.EPOCH.plusSeconds(i), "李伟", "CARD_LOST", "card " + i, "", "LOST",
          "");
      AuditChain.Link link = chain.append(entry);
      lines.add(new AuditLine.Event(link).text());
      chain = link.end();
      if (i == 3) {
        lines.add(new AuditLine.Root(new AuditRoot(LocalDate.EPOCH, chain).signedBy(SIGNER)).text());
      }
    }
    return lines;
  }

  private String check(int exit, byte[] content, Ed25519Signer signer) throws Exception {
    Path file = Files.write(folder.resolve("audit.txt"), content);
    var out = new ByteArrayOutputStream();
    assertThat(new AuditFile(new StrictVerifier()).check(file, signer.key(),
        new PrintStream(out, true, StandardCharsets.UTF_8))).isEqualTo(exit);
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aWholeTrailIsGoodAndSaysHowFarItIsSigned() throws Exception {
    assertThat(check(0, bytes(trail()), SIGNER))
        .isEqualTo("GOOD site=1 rows=4 roots=1 signed_up_to=3 last_day=1970-01-01");
  }

  @Test
  void theFirstBadRowIsNamedByLineAndNumber() throws Exception {
    List<String> changed = trail();
    changed.set(2, changed.get(2).replace("LOST\t", "FOUND\t"));
    List<String> gone = trail();
    gone.remove(2);

    assertThat(check(1, bytes(changed), SIGNER)).startsWith("BAD line=3 row=2 reason=WRONG_HASH meaning=");
    assertThat(check(1, bytes(gone), SIGNER)).startsWith("BAD line=3 row=2 reason=MISSING_ROW meaning=");
    assertThat(check(1, new byte[0], SIGNER)).startsWith("BAD line=0 row=0 reason=NO_HEADER meaning=");
  }

  @Test
  void aRootOfAnotherKeyIsRefused() throws Exception {
    byte[] seed = new byte[32];
    seed[0] = 1;

    assertThat(check(1, bytes(trail()), new Ed25519Signer(seed)))
        .startsWith("BAD line=5 row=3 reason=BAD_ROOT_SIGNATURE meaning=");
  }

  @Test
  void bytesThatAreNoTextAreAWrongRow() throws Exception {
    byte[] torn = bytes(trail());
    int at = new String(torn, StandardCharsets.ISO_8859_1).indexOf("CARD_LOST");
    torn[at] = (byte) 0xff;

    assertThat(check(1, torn, SIGNER)).startsWith("BAD line=2 row=1 reason=WRONG_HASH");
  }
}

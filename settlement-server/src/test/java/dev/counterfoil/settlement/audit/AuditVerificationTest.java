package dev.counterfoil.settlement.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.audit.AuditVerification.Fault;
import dev.counterfoil.settlement.audit.AuditVerification.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditVerificationTest {

  private static final Signer SIGNER = new Ed25519Signer(new byte[32]);
  private static final Signer STRANGER = new Ed25519Signer("another seed of thirty-two bytes".getBytes(
      StandardCharsets.US_ASCII));
  private static final LocalDate DAY = LocalDate.parse("2026-03-02");

  /// Lines 0 header, 1 to 4 events 1 to 4, 5 root of the first day, 6 to 8 events 5 to 7, 9 root of the second day.
  private final List<String> trail = trail(entries(7), SIGNER);

  private static List<AuditEntry> entries(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new AuditEntry(Instant.parse("2026-03-02T08:00:00.250Z").plusSeconds(i), "li.wei",
            "ACCOUNT_FREEZE", "account " + i, "NORMAL", "FROZEN", "lost card\tsaid by\nphone \\ desk"))
        .toList();
  }

  /// A root after the fourth and one after the last event.
  private static List<String> trail(List<AuditEntry> entries, Signer signer) {
    var lines = new ArrayList<String>(List.of(AuditLine.HEADER));
    AuditChain chain = AuditChain.empty(1);
    for (AuditEntry entry : entries) {
      AuditChain.Link link = chain.append(entry);
      lines.add(new AuditLine.Event(link).text());
      chain = link.end();
      if (chain.number() == 4) {
        lines.add(root(DAY, chain, signer));
      }
    }
    lines.add(root(DAY.plusDays(1), chain, signer));
    return lines;
  }

  private static String root(LocalDate day, AuditChain last, Signer signer) {
    return new AuditLine.Root(new AuditRoot(day, last).signedBy(signer)).text();
  }

  /// Line and reason of the first fault, or what the trail spans.
  private static Object judge(List<String> lines) {
    var verification = new AuditVerification(SIGNER.key(), new StrictVerifier());
    for (int i = 0; i < lines.size(); i++) {
      Optional<Fault> fault = verification.next(lines.get(i));
      if (fault.isPresent()) {
        return "line " + i + " " + fault.get().why() + " " + fault.get().number();
      }
    }
    return verification.end().<Object>map(Fault::why).orElseGet(verification::span);
  }

  private List<String> with(int line, String text) {
    var changed = new ArrayList<>(trail);
    changed.set(line, text);
    return changed;
  }

  private List<String> without(int... gone) {
    var left = new ArrayList<>(trail);
    for (int i = gone.length - 1; i >= 0; i--) {
      left.remove(gone[i]);
    }
    return left;
  }

  @Test
  void aTrailAsTheServerWritesItIsWhole() {
    assertThat(judge(trail)).isEqualTo(new Span(1, 7, 2, 7, DAY.plusDays(1)));
    assertThat(judge(without(9))).isEqualTo(new Span(1, 7, 1, 4, DAY));
    assertThat(trail.get(1))
        .startsWith("E\t1\t1\t2026-03-02T08:00:01.250Z\tli.wei\tACCOUNT_FREEZE\taccount 1\tNORMAL"
            + "\tFROZEN\tlost card\\tsaid by\\nphone \\\\ desk\t");
  }

  static Stream<Integer> fields() {
    return IntStream.rangeClosed(2, 10).boxed();
  }

  /// Time, actor, action, object, before, after, reason, hash; the number is its own case.
  @ParameterizedTest
  @MethodSource("fields")
  void eachChangedFieldIsFoundInItsRow(int field) {
    for (int line : new int[] {1, 3, 6, 8}) {
      String[] parts = trail.get(line).split("\t", -1);
      long number = Long.parseLong(parts[2]);
      parts[field] = switch (field) {
        case 2 -> Long.toString(number + 1);
        case 3 -> "2026-03-02T08:00:00.251Z";
        case 10 -> Hash.ZERO.toString();
        default -> parts[field] + "x";
      };
      assertThat(judge(with(line, String.join("\t", parts)))).isEqualTo(
          "line " + line + (field == 2 ? " MISSING_ROW " : " WRONG_HASH ") + number);
    }
  }

  @Test
  void aMissingRowIsNamedByItsNumber() {
    assertThat(judge(without(1))).isEqualTo("line 1 MISSING_ROW 1");
    assertThat(judge(without(3))).isEqualTo("line 3 MISSING_ROW 3");
    assertThat(judge(without(4))).isEqualTo("line 4 ROOT_AHEAD 4");
    assertThat(judge(without(6, 7))).isEqualTo("line 6 MISSING_ROW 5");
    assertThat(judge(without(8))).isEqualTo("line 8 ROOT_AHEAD 7");
  }

  @Test
  void aMissingRootIsNoticedOnlyByTheNextOneAndTheLastIsSaid() {
    assertThat(judge(without(5))).isEqualTo(new Span(1, 7, 1, 7, DAY.plusDays(1)));
    assertThat(judge(without(5, 9))).isEqualTo(AuditFault.NO_ROOT);
    assertThat(judge(List.of(AuditLine.HEADER))).isEqualTo(AuditFault.NO_ROOT);
    assertThat(judge(List.of())).isEqualTo(AuditFault.NO_HEADER);
  }

  @Test
  void anInsertedOrSwappedRowIsFoundWhereItStands() {
    var doubled = new ArrayList<>(trail);
    doubled.add(3, trail.get(2));
    var swapped = new ArrayList<>(trail);
    swapped.set(2, trail.get(3));
    swapped.set(3, trail.get(2));
    var rootMoved = new ArrayList<>(trail);
    rootMoved.set(5, trail.get(6));
    rootMoved.set(6, trail.get(5));

    assertThat(judge(doubled)).isEqualTo("line 3 EXTRA_ROW 2");
    assertThat(judge(swapped)).isEqualTo("line 2 MISSING_ROW 2");
    assertThat(judge(rootMoved)).isEqualTo("line 6 WRONG_ROOT 4");
  }

  @Test
  void whoeverRewritesAllHashesStillHasNoRoot() {
    var entries = new ArrayList<>(entries(7));
    entries.set(1, new AuditEntry(Instant.EPOCH, "li.wei", "LOGIN", "session", "", "", ""));
    List<String> forged = trail(entries, STRANGER);
    assertThat(judge(forged)).isEqualTo("line 5 BAD_ROOT_SIGNATURE 4");

    forged.set(5, trail.get(5));
    assertThat(judge(forged)).isEqualTo("line 5 WRONG_ROOT 4");
    forged.remove(5);
    assertThat(judge(forged)).isEqualTo("line 8 BAD_ROOT_SIGNATURE 7");
  }

  @Test
  void eachChangedFieldOfARootIsFound() {
    for (int field = 1; field <= 5; field++) {
      String[] parts = trail.get(5).split("\t");
      parts[field] = switch (field) {
        case 1 -> "2";
        case 2 -> "2026-03-01";
        case 3 -> "3";
        case 4 -> Hash.ZERO.toString();
        default -> parts[5].substring(1) + "0";
      };
      assertThat(judge(with(5, String.join("\t", parts)))).as("field %d", field)
          .isIn("line 5 BAD_ROOT_SIGNATURE 4", "line 5 BAD_ROOT_SIGNATURE 3", "line 5 OTHER_SITE 4");
    }
  }

  @Test
  void rootsAreOfLaterAndLaterDays() {
    var again = new ArrayList<>(trail);
    again.add(trail.get(9));

    assertThat(judge(again)).isEqualTo("line 10 ROOT_ORDER 7");
  }

  @Test
  void rowsOfTwoSitesAreNoTrail() {
    String other = new AuditLine.Event(new AuditChain(2, 4, Hash.ZERO).append(entries(1).getFirst())).text();

    assertThat(judge(with(6, other))).isEqualTo("line 6 OTHER_SITE 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "E", "E\t1\t5", "R\t1", "X\t1\t5", "counterfoil-audit/1"})
  void anythingElseIsNoLine(String text) {
    assertThat(judge(with(6, text))).isEqualTo("line 6 BAD_LINE 5");
  }

  @Test
  void oneMeaningHasOneSpelling() {
    String line = trail.get(6);
    assertThat(AuditLine.parse(line)).isPresent();

    Stream
        .of(line + " ", line + "\t", line.replace("E\t1\t5", "E\t01\t5"), line.replace("E\t1\t5", "E\t+1\t5"),
            line.replace(".250Z", ".250000Z"), line.replace(".250Z", ".250123Z"), line.replace("\\n", "\\m"),
            line.replace("\tli.wei\t", "\t\t"), line.substring(0, line.length() - 64)
                + line.substring(line.length() - 64).toUpperCase(Locale.ROOT))
        .forEach(other -> assertThat(AuditLine.parse(other)).as(other).isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void thePageTellsEachReasonInTheSameWords(AuditFault fault) throws IOException {
    assertThat(Files.readString(Path.of("../docs/AUDIT.md")))
        .contains("| `" + fault + "` | " + fault.meaning() + " |");
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /// Any one character changed anywhere, in long trails: found in that line or, if the line was a root, never missed.
  @ParameterizedTest
  @MethodSource("seeds")
  void noCharacterCanBeChanged(int seed) {
    var random = new Random(seed);
    int line = random.nextInt(trail.size());
    String text = trail.get(line);
    int at = random.nextInt(text.length());
    char other = (char) (text.charAt(at) ^ 1 + random.nextInt(30));
    String changed = text.substring(0, at) + other + text.substring(at + 1);

    assertThat(judge(with(line, changed))).as("seed %d", seed).asString().startsWith("line " + line + " ");
  }

  /// Computed by a few lines of Python from the tables in docs/AUDIT.md.
  @Test
  void theHashesAreThoseOfTheDocumentedBytes() {
    var entry = new AuditEntry(Instant.ofEpochMilli(1), "a", "B", "c", "", "d", "e");
    AuditChain.Link link = AuditChain.empty(1).append(entry);
    var root = new AuditRoot(LocalDate.ofEpochDay(2), link.end());

    assertThat(link.hash()).hasToString("8308a8e3e2417f9c01ac4c5a2a78e6fd69d9df7f8a439136a3b224176cb3655d");
    assertThat(Sha256.hash(Domain.AUDIT.over(root.bytes())))
        .hasToString("5ad42dcedb964ac0283c9573527bed420a1dfa27d579830ef72e9e9faf670792");
  }
}

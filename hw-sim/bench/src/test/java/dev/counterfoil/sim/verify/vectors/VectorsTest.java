package dev.counterfoil.sim.verify.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The committed vectors are what the author writes (refresh with `-Dvectors.write=true`), and the production
/// verifier answers each as published.
class VectorsTest {

  private static final Path FOLDER = Path.of(System.getProperty("counterfoil.root", "../.."))
      .resolve("docs/vectors");

  static Stream<Vector> published() throws IOException {
    return VectorFiles.readAll(FOLDER).stream();
  }

  @Test
  void theCommittedFilesAreWhatTheAuthorWrites() throws IOException {
    assertCommitted("records-good.json", VectorAuthor.good());
    assertCommitted("records-bad.json", VectorAuthor.bad());
  }

  private static void assertCommitted(String file, List<Vector> vectors) throws IOException {
    if (Boolean.getBoolean("vectors.write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(file), VectorFiles.text(vectors));
    }
    assertThat(FOLDER.resolve(file)).hasContent(VectorFiles.text(vectors));
  }

  @Test
  void theExampleOfTheProtocolPageIsTheSecondRecordOfTheSales() throws IOException {
    Vector sales = VectorAuthor.good().get(1);

    assertThat(FOLDER.resolve("example/record.hex")).hasContent(upper(sales.records().get(1)));
    assertThat(FOLDER.resolve("example/key.hex")).hasContent(upper(sales.start().publicKey()));
  }

  private static String upper(String hex) {
    return hex.toUpperCase(Locale.ROOT) + "\n";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("published")
  @Requirement({"OFF-08", "SEC-01"})
  void everyPublishedCaseIsJudgedAsPublished(Vector vector) {
    assertThat(new VectorCheck(new StrictVerifier()).judge(vector))
        .isEqualTo(new VectorCheck.Answer(vector.expect(), vector.at()));
  }

  @Test
  void thereAreEnoughCasesAndTheirNamesAreUnique() throws IOException {
    List<Vector> all = published().toList();

    assertThat(all.stream().filter(Vector::isGood)).hasSizeGreaterThanOrEqualTo(20);
    assertThat(all.stream().filter(v -> !v.isGood())).hasSizeGreaterThanOrEqualTo(40);
    assertThat(all).extracting(Vector::name).doesNotHaveDuplicates();
    assertThat(all.stream().filter(v -> !v.isGood()).map(v -> ReasonCode.valueOf(v.expect())).distinct())
        .hasSizeGreaterThan(15);
  }

  @Test
  void aCaseThatIsJudgedOtherwiseFailsTheCommand(@TempDir Path folder) throws IOException {
    Vector good = VectorAuthor.good().getFirst();
    Vector wrong = new Vector(good.name(), good.why(), good.check(), good.start(), good.epochs(),
        good.accepted(), good.records(), ReasonCode.BAD_SIGNATURE.name(), 0);
    Files.writeString(folder.resolve("wrong.json"), VectorFiles.text(List.of(wrong)));
    var out = new StringWriter();

    int exitCode = VerifyVectors.run(folder, new PrintWriter(out, true), new PrintWriter(new StringWriter()));

    assertThat(exitCode).isEqualTo(1);
    assertThat(out.toString()).contains("genesis: expected BAD_SIGNATURE at 0, found ACCEPTED at 0")
        .contains("disagreements=1");
  }

  @Test
  void aFolderWithoutVectorsOrWithRubbishIsAnErrorAndNotSuccess(@TempDir Path folder) throws IOException {
    assertThat(
        VerifyVectors.run(folder, new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())))
        .isEqualTo(1);
    Files.writeString(folder.resolve("rubbish.json"), "{");
    assertThat(
        VerifyVectors.run(folder, new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())))
        .isEqualTo(2);
    assertThat(VerifyVectors.run(folder.resolve("missing"), new PrintWriter(new StringWriter()),
        new PrintWriter(new StringWriter())))
        .isEqualTo(2);
  }
}

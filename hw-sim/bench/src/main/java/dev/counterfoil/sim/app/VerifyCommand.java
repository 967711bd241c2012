package dev.counterfoil.sim.app;

import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.sim.verify.AuditFile;
import dev.counterfoil.sim.verify.ChainFile;
import dev.counterfoil.sim.verify.RunFolder;
import dev.counterfoil.sim.verify.Verdict;
import dev.counterfoil.sim.verify.vectors.VerifyVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `counterfoil verify`: what an auditor runs. Needs no server and no network.
@Command(name = "verify", mixinStandardHelpOptions = true, description = "Checks a finished run, a chain of records, an audit trail or the published vectors; needs no server.")
final class VerifyCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(),
        "which one: " + String.join(", ", spec.subcommands().keySet()));
  }

  @Command(name = "run", mixinStandardHelpOptions = true, description = "Audits the folder of a demo or replay: taps, journals, postings, balances.")
  int run(@Parameters(paramLabel = "DIR", description = "The run's folder.") Path folder) throws Exception {
    Verdict verdict = RunFolder.of(folder).audit();
    verdict.print(System.out);
    return verdict.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  @Command(name = "vectors", mixinStandardHelpOptions = true, description = "Judges the published good and bad records and says where this build disagrees.")
  int vectors(
      @Parameters(paramLabel = "DIR", arity = "0..1", description = "Folder of the vectors (default: docs/vectors).") @Nullable Path folder) {
    return VerifyVectors.run(folder == null ? ProjectRoot.path().resolve("docs").resolve("vectors") : folder,
        spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  @Command(name = "chain", mixinStandardHelpOptions = true, description = "Checks a file of one terminal's records: every link, every signature.")
  int chain(@Parameters(paramLabel = "FILE", description = "Records one after the other.") Path file,
      @Option(names = "--key", required = true, paramLabel = "HEX", description = "The terminal's public key: 32 bytes Ed25519 or 33 bytes P-256.") String key)
      throws IOException {
    return new ChainFile(new StrictVerifier()).check(file, parse(key), System.out);
  }

  @Command(name = "audit", mixinStandardHelpOptions = true, description = "Checks a file of one site's audit trail: every row, every signed root.")
  int audit(
      @Parameters(paramLabel = "FILE", description = "An exported audit trail, see docs/AUDIT.md.") Path file,
      @Option(names = "--key", required = true, paramLabel = "HEX", description = "The server's acknowledgement key: 32 bytes Ed25519 or 33 bytes P-256.") String key)
      throws IOException {
    return new AuditFile(new StrictVerifier()).check(file, parse(key), System.out);
  }

  private VerificationKey parse(String hex) {
    try {
      byte[] encoded = HexFormat.of().parseHex(hex);
      return VerificationKey.of(
          encoded.length == SignatureAlgorithm.ES256.keyLength() ? SignatureAlgorithm.ES256
              : SignatureAlgorithm.ED25519,
          encoded);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--key: " + e.getMessage());
    }
  }
}

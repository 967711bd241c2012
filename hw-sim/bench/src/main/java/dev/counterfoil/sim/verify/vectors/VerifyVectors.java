package dev.counterfoil.sim.verify.vectors;

import dev.counterfoil.protocol.crypto.StrictVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// `counterfoil verify vectors [DIR]`: does this build judge every published case as published?
public final class VerifyVectors {

  private VerifyVectors() {}

  /// Judges all and prints a line for each disagreement and a last line with the counts.
  ///
  /// @return 0 if all agree, 1 if one does not, 2 if the files cannot be read
  public static int run(Path folder, PrintWriter out, PrintWriter err) {
    List<Vector> vectors;
    try {
      vectors = VectorFiles.readAll(folder);
    } catch (IOException e) {
      err.println("ERROR code=VECTORS_UNREADABLE folder=" + folder + " reason=" + e);
      err.flush();
      return 2;
    }
    long wrong = vectors.stream().filter(vector -> !agrees(vector, out)).count();
    long good = vectors.stream().filter(Vector::isGood).count();
    out.printf("vectors=%d good=%d bad=%d disagreements=%d%n", vectors.size(), good, vectors.size() - good,
        wrong);
    return wrong == 0 && !vectors.isEmpty() ? 0 : 1;
  }

  private static boolean agrees(Vector vector, PrintWriter out) {
    VectorCheck.Answer answer = new VectorCheck(new StrictVerifier()).judge(vector);
    if (!answer.agreesWith(vector)) {
      out.printf("%s: expected %s at %d, found %s at %d%n", vector.name(), vector.expect(), vector.at(),
          answer.found(), answer.at());
    }
    return answer.agreesWith(vector);
  }
}

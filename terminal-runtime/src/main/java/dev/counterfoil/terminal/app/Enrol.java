package dev.counterfoil.terminal.app;

import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.protocol.enrolment.MistypedCodeException;
import dev.counterfoil.terminal.enrolment.Enrolment;
import dev.counterfoil.terminal.enrolment.EnrolmentException;
import dev.counterfoil.terminal.enrolment.Identity;
import dev.counterfoil.terminal.enrolment.ServerAddress;
import dev.counterfoil.terminal.file.DurableFiles;
import dev.counterfoil.terminal.secret.KeyFaultException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// `counterfoil enrol`: makes this board a terminal of the server that printed the code.
///
/// Exit codes: 0 enrolled, 2 not, and one line says why.
public final class Enrol {

  private static final Set<String> OPTIONS = Set.of("--data", "--config", "--board-serial", "--server",
      "--code");
  private static final Set<String> FLAGS = Set.of("--help", "-h", "--again");

  private static final String USAGE = """
      usage: counterfoil enrol --server HOST:PORT --code CODE [OPTIONS]

        --server HOST:PORT  where the server listens for terminals (port 7443 if left out)
        --code CODE         one-time code: counterfoil admin code create
        --data DIR          folder to keep keys and journal in (default: counterfoil-terminal)
        --config FILE       configuration (default: DIR/terminal.toml, if there is one)
        --board-serial S    serial of this board, where the machine does not tell one
        --again             enrol an enrolled terminal anew; its journal is moved aside and kept
      """;

  private Enrol() {}

  /// Runs the command and ends the program.
  public static void main(String[] words) {
    System.exit(run(List.of(words)));
  }

  static int run(List<String> words) {
    try {
      var arguments = Arguments.parse(words, OPTIONS, FLAGS);
      if (arguments.has("--help") || arguments.has("-h")) {
        System.out.print(USAGE);
        return 0;
      }
      LogLines.begin();
      tell(enrol(arguments));
      return 0;
    } catch (StartException e) {
      System.err.println(e.line());
      return StartException.EXIT_CODE;
    }
  }

  private static Identity enrol(Arguments arguments) throws StartException {
    ServerAddress server = server(arguments.required("--server"));
    EnrolmentCode code = code(arguments.required("--code"));
    var place = OpenJournal.Place.of(arguments.data(), arguments.config().journal());
    String serial = Terminal.boardSerial(arguments);
    try {
      DurableFiles.folder(arguments.data());
      return new Enrolment(new Enrolment.Place(arguments.data(), place.journal(), place.mirror()),
          Terminal.keys(arguments.data(), serial), new SecureRandom(), InstantSource.system())
          .enrol(server, code, serial, RunningTerminal.SOFTWARE, arguments.has("--again"));
    } catch (EnrolmentException e) {
      throw new StartException(e.code(), String.valueOf(e.getMessage()), e);
    } catch (KeyFaultException e) {
      throw new StartException(e.code().name(), String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new StartException(EnrolmentException.DATA_UNWRITABLE, arguments.data() + ": " + e, e);
    }
  }

  private static ServerAddress server(String text) throws StartException {
    try {
      return ServerAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new StartException("USAGE", "--server: " + e.getMessage(), e);
    }
  }

  private static EnrolmentCode code(String typed) throws StartException {
    try {
      return EnrolmentCode.parse(typed);
    } catch (MistypedCodeException e) {
      throw new StartException(MistypedCodeException.CODE, String.valueOf(e.getMessage()), e);
    }
  }

  private static void tell(Identity identity) {
    System.out.println("ENROLLED terminal=" + identity.name() + " id=" + identity.terminal() + " site="
        + identity.site() + " currency=" + identity.currency());
    if (identity.confirmationPending()) {
      System.out.println("PENDING a second operator must confirm it: counterfoil admin terminal confirm "
          + identity.name());
    }
  }
}

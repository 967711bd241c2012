package dev.counterfoil.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every statement of the store, as it reaches the database, stays within one site (docs/adr/0012): then the same schema
/// can be spread over several machines by site, and a site's rows are never mixed with another's.
class SqlLintTest {

  /// Statements that may leave the site out, and why.
  private static final Map<String, String> EXEMPT = Map.of(
      "FROM site ORDER BY site", "all sites are asked for",
      "SELECT site, version FROM site_version", "the versions of all sites are asked for at once",
      "FROM terminal WHERE terminal_id = ?", "a certificate names a terminal, and the terminal its site",
      "FROM enrolment_code WHERE code_hash = ?", "the code itself says which site it is for");

  private static final Pattern STATEMENT = Pattern.compile("^(SELECT|INSERT|UPDATE|DELETE|WITH)\\b.*",
      Pattern.DOTALL);
  private static final Pattern SOURCE = Pattern
      .compile("\\b(?:FROM(?! unnest\\()|UPDATE(?! SET))\\s+\"?(\\w+)\"?");
  /// A query within a query may be bound to the outer one's site.
  private static final Pattern BOUND = Pattern
      .compile("\\b(?:\\w+\\.)?site = \\?|\\bWHERE (\\w+)\\.site = (?!\\1\\b)\\w+\\.site\\b");
  private static final Pattern JOIN = Pattern
      .compile("\\bJOIN\\s+\\w+\\s+(\\w+)\\s+ON\\s+(\\w+)\\.site = (\\w+)\\.site");

  @TempDir
  Path folder;

  /// What is wrong with a statement, one line each.
  private static List<String> problems(String sql) {
    var problems = new ArrayList<String>();
    if (EXEMPT.keySet().stream().anyMatch(sql::contains)) {
      return problems;
    }
    if (sql.startsWith("INSERT") && !sql.matches("(?s)INSERT INTO \"?\\w+\"? \\(site\\b.*")) {
      problems.add("does not begin its columns with site");
    }
    long sources = SOURCE.matcher(sql).results().count();
    long bound = BOUND.matcher(sql).results().count();
    if (bound < sources) {
      problems.add("reads or changes " + sources + " tables and binds site " + bound + " times");
    }
    long joins = sql.split("\\bJOIN\\b", -1).length - 1;
    long withinSite = JOIN.matcher(sql).results().filter(SqlLintTest::joinsItself).count();
    if (joins > withinSite) {
      problems.add("joins across sites");
    }
    if (sql.startsWith("DELETE") && !sql.startsWith("DELETE FROM api_answer ")
        && !sql.startsWith("DELETE FROM machine_nonce ")) {
      problems.add("deletes");
    }
    if (sql.matches("(?s).*\\?\\d.*")) {
      problems.add("has numbered parameters, which only SQLite knows");
    }
    return problems;
  }

  private static boolean joinsItself(java.util.regex.MatchResult join) {
    return join.group(1).equals(join.group(2)) || join.group(1).equals(join.group(3));
  }

  @Test
  void everyStatementStaysWithinOneSite() throws Exception {
    Set<String> statements = new TreeSet<>(constants());
    statements.addAll(asked());
    statements.add(SqlReads.TRANSACTIONS.text(new PostgresDialect()));
    statements.add(SqlReads.AUTHORIZATIONS.text(new PostgresDialect()));

    assertThat(statements).hasSizeGreaterThan(80);
    assertThat(statements).allSatisfy(sql -> assertThat(problems(sql)).as(sql).isEmpty());
    assertThat(EXEMPT.keySet()).allSatisfy(
        exemption -> assertThat(statements).as("unused exemption").anyMatch(sql -> sql.contains(exemption)));
  }

  @Test
  void whatLeavesItsSiteIsFound() {
    assertThat(problems("SELECT x FROM account WHERE account = ?")).hasSize(1);
    assertThat(problems("UPDATE account SET x = ? WHERE account = ?")).hasSize(1);
    assertThat(problems("DELETE FROM account WHERE site = ?")).hasSize(1);
    assertThat(problems("INSERT INTO account (account, site) VALUES (?, ?)")).hasSize(1);
    assertThat(problems("SELECT x FROM card k JOIN account a ON a.account = k.account WHERE k.site = ?"))
        .hasSize(1);
    assertThat(problems("SELECT x FROM card k JOIN account a ON a.site = k.site AND a.account = k.account"
        + " WHERE k.site = ?")).isEmpty();
    assertThat(problems("SELECT x FROM card WHERE site = ? AND y = (SELECT max(y) FROM card)")).hasSize(1);
    assertThat(problems("SELECT x FROM card WHERE site = ?1")).isNotEmpty();
  }

  /// Statement texts that stand in constants, which is all that write.
  private static List<String> constants()
      throws IOException, URISyntaxException, ReflectiveOperationException {
    var texts = new ArrayList<String>();
    Path classes = Path.of(SqlReads.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .resolve(SqlReads.class.getPackageName().replace('.', '/'));
    List<String> names;
    try (Stream<Path> files = Files.list(classes)) {
      names = files.map(file -> file.getFileName().toString())
          .filter(name -> name.matches("Sql[A-Z]\\w+\\.class"))
          .toList();
    }
    for (String name : names) {
      for (Field field : Class.forName(SqlReads.class.getPackageName() + "." + name.replace(".class", ""))
          .getDeclaredFields()) {
        field.setAccessible(true);
        if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof String text
            && STATEMENT.matcher(text).matches()) {
          // A constant that others are continued from ends before its condition.
          texts.add(text);
        }
      }
    }
    return texts;
  }

  /// Statement texts that the questions make, each asked once.
  private List<String> asked() throws Exception {
    Path file = folder.resolve("lint.db");
    SqliteSettlementStore.open(file).close();
    var texts = new ArrayList<String>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var reads = new SqlReads(new SqlStatements(recording(connection, texts), new SqliteDialect()))) {
      askAll(reads, SettlementReads.class);
    }
    return texts;
  }

  /// Asks everything, and everything of what answers with questions of its own. What the interface itself answers is
  /// made of these.
  private static void askAll(Object reads, Class<?> questions) throws ReflectiveOperationException {
    for (Method question : questions.getMethods()) {
      for (boolean yes : question.isDefault() ? new boolean[0] : new boolean[] {false, true}) {
        Object answer = ask(reads, question, yes);
        if (question.getReturnType().getSimpleName().endsWith("Reads")) {
          askAll(answer, question.getReturnType());
        }
      }
    }
  }

  private static Object ask(Object reads, Method question, boolean yes) throws ReflectiveOperationException {
    Object[] arguments = Arrays.stream(question.getParameterTypes()).map(type -> argument(type, yes))
        .toArray();
    try {
      return question.invoke(reads, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(question + ": " + e.getCause(), e.getCause());
    }
  }

  private static Object argument(Class<?> type, boolean yes) {
    return switch (type.getSimpleName()) {
      case "int" -> yes ? 1 : 0;
      case "long" -> 1L;
      case "boolean" -> yes;
      case "String" -> "x";
      case "byte[]" -> new byte[] {1};
      case "Hash" -> Hash.ZERO;
      case "CardToken" -> new CardToken(1, 2, 3);
      case "TerminalId" -> new TerminalId(1, 1);
      case "TransactionId" -> new TransactionId(1, 1);
      case "TransactionSearch" -> TransactionSearch.ALL.ofAccount(yes ? 1 : 0);
      case "AuditSearch" -> AuditSearch.ALL;
      case "Search" -> MealOrderReads.Search.all(yes ? 1 : 0);
      case "LocalDate" -> LocalDate.EPOCH;
      case "Place" -> TransactionSearch.Place.FIRST;
      case "Collection" -> List.of(new TransactionId(1, 1));
      default -> {
        if (type.isEnum()) {
          yield type.getEnumConstants()[0];
        }
        throw new AssertionError("say here what to ask with for a " + type);
      }
    };
  }

  private static Connection recording(Connection connection, Collection<String> texts) {
    return (Connection) Proxy.newProxyInstance(SqlLintTest.class.getClassLoader(),
        new Class<?>[] {Connection.class},
        (_, method, arguments) -> {
          if (method.getName().equals("prepareStatement")) {
            texts.add((String) arguments[0]);
          }
          return method.invoke(connection, arguments);
        });
  }
}

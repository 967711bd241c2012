package dev.counterfoil.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/// The sentences of docs/adr/0004-pure-cores-thin-edges.md as executable rules. Each module's `ArchitectureTest`
/// applies {@link #EVERYWHERE} to its own classes and names its own core packages.
public final class Rules {

  /// Calls that make a run depend on when, where or how often it happens.
  private static final Set<String> UNPREDICTABLE = Set.of("java.time.Instant.now",
      "java.time.Clock.systemUTC",
      "java.time.LocalDate.now", "java.time.LocalDateTime.now", "java.time.ZonedDateTime.now",
      "java.time.ZoneId.systemDefault", "java.lang.System.nanoTime", "java.lang.System.currentTimeMillis",
      "java.util.UUID.randomUUID", "java.lang.Math.random", "java.util.Locale.getDefault",
      "java.nio.charset.Charset.defaultCharset",
      // Iteration order of these is salted per JVM.
      "java.util.Map.of", "java.util.Map.ofEntries", "java.util.Map.copyOf", "java.util.Set.of",
      "java.util.Set.copyOf");

  private static final Set<String> UNPREDICTABLE_TYPES = Set.of("java.lang.Thread", "java.util.Random",
      "java.util.Timer", "java.util.concurrent.Executors", "java.util.concurrent.ThreadLocalRandom",
      "java.util.concurrent.ExecutorService", "java.util.concurrent.ForkJoinPool",
      "java.security.SecureRandom");

  public static final ArchRule NETTY_STAYS_AT_THE_LINK = noClasses().that()
      .resideOutsideOfPackages("dev.counterfoil.settlement.net..", "dev.counterfoil.terminal.uplink..",
          "dev.counterfoil.sim.load..")
      .should().dependOnClassesThat().resideInAPackage("io.netty..").allowEmptyShould(true);

  public static final ArchRule BOUNCY_CASTLE_STAYS_BEHIND_THREE_PACKAGES = noClasses().that()
      .resideOutsideOfPackages("dev.counterfoil.protocol.crypto..", "dev.counterfoil.settlement.terminals..",
          "dev.counterfoil.settlement.secret..")
      .should().dependOnClassesThat().resideInAPackage("org.bouncycastle..").allowEmptyShould(true);

  public static final ArchRule WIRES_STAY_IN_ONE_PACKAGE = noClasses().that()
      .resideOutsideOfPackages("dev.counterfoil.terminal.line..", "dev.counterfoil.sim.line..",
          "dev.counterfoil.sim.device..")
      .should().dependOnClassesThat().resideInAnyPackage("jssc..", "com.pi4j..", "java.lang.foreign..",
          "javax.smartcardio..")
      .allowEmptyShould(true);

  public static final ArchRule SQL_STAYS_IN_STORES = noClasses()
      .that(describe("are no stores", (JavaClass c) -> !isStore(c)))
      .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "org.jdbi..", "org.sqlite..",
          "org.postgresql..")
      .allowEmptyShould(true);

  public static final ArchRule TERMINAL_AND_SERVER_MEET_ONLY_IN_THE_PROTOCOL = noClasses().that()
      .resideInAPackage("dev.counterfoil.terminal..").should().dependOnClassesThat()
      .resideInAPackage("dev.counterfoil.settlement..").allowEmptyShould(true);

  public static final ArchRule SERVER_DOES_NOT_KNOW_THE_TERMINAL = noClasses().that()
      .resideInAPackage("dev.counterfoil.settlement..").should().dependOnClassesThat()
      .resideInAPackage("dev.counterfoil.terminal..").allowEmptyShould(true);

  public static final ArchRule PRODUCTS_DO_NOT_KNOW_THE_SIMULATOR = noClasses().that()
      .resideInAnyPackage("dev.counterfoil.terminal..", "dev.counterfoil.settlement..",
          "dev.counterfoil.protocol..")
      .should().dependOnClassesThat().resideInAPackage("dev.counterfoil.sim..").allowEmptyShould(true);

  public static final ArchRule DEVICE_MODELS_SHARE_NO_CODE_WITH_DRIVERS = noClasses().that()
      .resideInAnyPackage("dev.counterfoil.sim.device..", "dev.counterfoil.sim.line..",
          "dev.counterfoil.sim.card..")
      .should().dependOnClassesThat().resideInAnyPackage("dev.counterfoil.terminal..",
          "dev.counterfoil.settlement..", "dev.counterfoil.protocol..", "dev.counterfoil.proto..")
      .allowEmptyShould(true);

  public static final ArchRule NO_PACKAGE_IS_A_DRAWER = noClasses().should().resideInAnyPackage("..util..",
      "..utils..", "..common..", "..impl..", "..helper..", "..manager..").allowEmptyShould(true);

  public static final List<ArchRule> EVERYWHERE = List.of(NETTY_STAYS_AT_THE_LINK,
      BOUNCY_CASTLE_STAYS_BEHIND_THREE_PACKAGES, WIRES_STAY_IN_ONE_PACKAGE, SQL_STAYS_IN_STORES,
      TERMINAL_AND_SERVER_MEET_ONLY_IN_THE_PROTOCOL, SERVER_DOES_NOT_KNOW_THE_TERMINAL,
      PRODUCTS_DO_NOT_KNOW_THE_SIMULATOR, DEVICE_MODELS_SHARE_NO_CODE_WITH_DRIVERS, NO_PACKAGE_IS_A_DRAWER);

  private Rules() {}

  /// The production classes under a package. Takes a second or more: once for a test class, not for each test.
  public static JavaClasses productionClassesOf(String... packages) {
    // The rules ask foreign classes for their names only, which stand in ours.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(location -> !location.contains("test-classes")).importPackages(packages);
  }

  /// Core packages run alike on a Pi, in a test and in the fleet simulator: no clock, thread, randomness, salted
  /// order, default zone, locale or charset of their own.
  ///
  /// @param edges classes of those packages that are the edge to an outside thing, by simple name
  public static ArchRule pureCore(Set<String> edges, String... packages) {
    return noClasses().that(resideInAnyPackage(packages).and(describe("are no edges",
        (JavaClass c) -> !edges.contains(outermost(c).getSimpleName()) && !isStore(c))))
        .should().accessTargetWhere(unpredictable()).allowEmptyShould(true);
  }

  /// No two packages directly under `root` need each other.
  public static ArchRule noCyclesUnder(String root) {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaAccess<?>> unpredictable() {
    return describe("a clock, thread, randomness, salted order or platform default", access -> {
      String owner = access.getTargetOwner().getName();
      return UNPREDICTABLE.contains(owner + "." + access.getName()) || UNPREDICTABLE_TYPES.contains(owner);
    });
  }

  private static boolean isStore(JavaClass c) {
    String name = outermost(c).getSimpleName();
    return name.contains("Store") || name.startsWith("Sql") || name.startsWith("Postgres");
  }

  private static JavaClass outermost(JavaClass c) {
    return c.getEnclosingClass().map(Rules::outermost).orElse(c);
  }
}

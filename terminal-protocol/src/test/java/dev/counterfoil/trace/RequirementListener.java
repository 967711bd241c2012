package dev.counterfoil.trace;

import dev.counterfoil.trace.Traceability.Outcome;
import dev.counterfoil.trace.Traceability.Result;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Collects the outcomes of tagged tests and writes the table when a module's run ends. Does nothing outside the
/// Maven build, which names the root folder and the module by system properties.
public final class RequirementListener implements TestExecutionListener {

  private final Set<String> outcomes = new TreeSet<>();
  private final Set<String> unknown = new TreeSet<>();
  private final Set<String> catalogue = new LinkedHashSet<>(Traceability.catalogue());

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    record(test, result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? Result.PASSED
        : result.getStatus() == TestExecutionResult.Status.ABORTED ? Result.SKIPPED : Result.FAILED);
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    record(test, Result.SKIPPED);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("tags name requirements that the catalogue does not have: " + unknown);
    }
    String root = System.getProperty("counterfoil.root");
    String module = System.getProperty("counterfoil.module");
    if (root != null && module != null) {
      new Traceability(Path.of(root)).write(module, outcomes);
    }
  }

  private synchronized void record(TestIdentifier test, Result result) {
    if (!test.isTest()) {
      return;
    }
    test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast)
        .ifPresent(source -> record(source, result));
  }

  private void record(MethodSource source, Result result) {
    String name = source.getJavaClass().getSimpleName() + "." + source.getMethodName();
    Stream.of(source.getJavaMethod(), source.getJavaClass()).flatMap(RequirementListener::tags)
        .forEach(id -> {
          if (!catalogue.contains(id)) {
            unknown.add(id + " at " + name);
          }
          outcomes.add(new Outcome(id, name, result).line());
        });
  }

  private static Stream<String> tags(AnnotatedElement element) {
    return Optional.ofNullable(element.getAnnotation(Requirement.class)).stream()
        .flatMap(tag -> Stream.of(tag.value()));
  }
}

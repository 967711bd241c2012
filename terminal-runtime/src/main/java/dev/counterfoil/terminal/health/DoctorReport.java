package dev.counterfoil.terminal.health;

import java.util.List;

/// All findings of one examination, in the order they were made.
public record DoctorReport(List<Finding> findings) {

  public DoctorReport {
    findings = List.copyOf(findings);
  }

  /// Whether every check passed.
  public boolean isHealthy() {
    return findings.stream().allMatch(Finding::passed);
  }

  /// What the command ends with: 0 when healthy, 1 otherwise.
  public int exitCode() {
    return isHealthy() ? 0 : 1;
  }

  /// The last line of the report.
  public String summary() {
    long failed = findings.stream().filter(finding -> !finding.passed()).count();
    return failed == 0
        ? "all " + findings.size() + " checks passed"
        : failed + " of " + findings.size() + " checks failed";
  }
}

package dev.counterfoil.sim.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What Linux says about a process.
public final class ProcessMemory {

  private ProcessMemory() {}

  /// VmRSS in bytes, 0 when the process or `/proc` is not there.
  public static long residentBytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException _) {
      // Gone, or not Linux: the figure is left out.
      return 0;
    }
    return 0;
  }

  /// User and system time used so far in milliseconds, 0 when it cannot be told.
  public static long cpuMillis(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // Fields 14 and 15, counted after the command name, which may hold blanks; in ticks of 1/100 s.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    } catch (IOException _) {
      return 0;
    }
  }
}

package dev.counterfoil.sim.world.mutant;

import java.util.ArrayList;
import java.util.List;

/// One seeded bug and where it must be noticed.
///
/// @param what the bug in words
/// @param bugs the changes that are the bug; empty if it is in the medium
/// @param circumstances changes that are no bug but give it something to do; sound code must live with them
/// @param probe method of [Probe]: `day`, or a directed one without arguments
/// @param seeds days to try, the one on which it is known to be noticed first
record Mutant(String name, String what, List<Mutation> bugs, List<Mutation> circumstances, String probe,
    Scene scene, Medium medium, List<Long> seeds) {

  private static final String DAY = "day";
  /// Days on which all kinds of faults happen; a mutant has these many chances to be noticed.
  private static final List<Long> SEEDS = List.of(3L, 9L, 4L, 12L, 13L, 31L, 32L, 33L);

  static Mutant of(String name, String what, Mutation... bugs) {
    return new Mutant(name, what, List.of(bugs), List.of(), DAY, Scene.EVERYTHING, Medium.SOUND, SEEDS);
  }

  Mutant in(Scene day, long... tried) {
    return new Mutant(name, what, bugs, circumstances, probe, day, medium,
        java.util.Arrays.stream(tried).boxed().toList());
  }

  Mutant on(Medium bad) {
    return new Mutant(name, what, bugs, circumstances, probe, scene, bad, seeds);
  }

  Mutant given(Mutation... changes) {
    return new Mutant(name, what, bugs, List.of(changes), probe, scene, medium, seeds);
  }

  Mutant probedBy(String method) {
    return new Mutant(name, what, bugs, circumstances, method, scene, medium, List.of(0L));
  }

  /// Sound code in the same place.
  Mutant withoutTheBug() {
    return new Mutant("sound", "nothing", List.of(), circumstances, probe, scene,
        medium.isBug() ? Medium.SOUND : medium,
        List.of(seeds.getFirst()));
  }

  /// Names what sound code has to live through here.
  String place() {
    List<String> changed = circumstances.stream().map(Mutation::className).toList();
    return probe + scene + (medium.isBug() ? Medium.SOUND : medium) + seeds.getFirst() + changed;
  }

  /// Whether every change met code.
  boolean hits() {
    return changes().stream().allMatch(mutation -> mutation.hits().get() > 0);
  }

  /// Who noticed it, on the first day on which anybody did; empty if nobody.
  String killer() throws ReflectiveOperationException {
    Class<?> inside = new MutantLoader(Mutant.class.getClassLoader(), changes())
        .loadClass(Probe.class.getName());
    for (long seed : seeds) {
      String noticed = noticed(inside, seed);
      if (!noticed.isEmpty()) {
        return noticed;
      }
    }
    return "";
  }

  private String noticed(Class<?> inside, long seed) throws ReflectiveOperationException {
    if (!probe.equals(DAY)) {
      return (String) inside.getMethod(probe).invoke(null);
    }
    String broken = (String) inside.getMethod(DAY, String.class, String.class, long.class).invoke(null,
        scene.name(), medium.name(), seed);
    return broken.isEmpty() ? "" : scene + " " + seed + ": " + broken;
  }

  private List<Mutation> changes() {
    List<Mutation> all = new ArrayList<>(circumstances);
    all.addAll(bugs);
    return all;
  }
}

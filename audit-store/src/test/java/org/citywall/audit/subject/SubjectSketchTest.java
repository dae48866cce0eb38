// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class SubjectSketchTest {

  @RandomizedTest
  void countsUpTo256Exactly(RandomGenerator random) {
    Set<Long> truth = new HashSet<>();
    SubjectSketch sketch = new SubjectSketch();
    long[] pool = random.longs(256).toArray();

    for (int i = 0; i < 2000; i++) {
      long hash = pool[random.nextInt(pool.length)];
      assertThat(sketch.add(hash)).isEqualTo(truth.add(hash));
    }

    assertThat(sketch.isExact()).isTrue();
    assertThat(sketch.size()).isEqualTo(truth.size());
    assertThat(sketch.hashes())
        .containsExactly(truth.stream().mapToLong(Long::longValue).sorted().toArray());
  }

  @Test
  void turnsIntoRegistersAtThe257th() {
    SubjectSketch sketch = new SubjectSketch();
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    random.longs(257).forEach(sketch::add);

    assertThat(sketch.isExact()).isFalse();
    assertThat(sketch.hashes()).isEmpty();
    assertThat(sketch.size()).isBetween(230L, 284L);
  }

  /** Five standard errors are passed by chance once in a million estimates. */
  @RandomizedTest(iterations = 4)
  void estimatesWithinFiveStandardErrorsOverSixOrdersOfMagnitude(RandomGenerator random) {
    SubjectSketch sketch = new SubjectSketch();
    long added = 0;

    for (long n = 300; n <= 300_000; n *= 3) {
      for (; added < n; added++) {
        sketch.add(random.nextLong());
      }
      double error = Math.abs(sketch.size() - (double) n) / n;
      assertThat(error).as("of %s", n).isLessThan(5 * SubjectSketch.STANDARD_ERROR);
    }
  }

  /** The mean square of many errors is the square of the standard error, give or take a third. */
  @Test
  void errsAsMuchAsItSays() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    int trials = 120;
    double squares = 0;
    double sum = 0;

    for (int trial = 0; trial < trials; trial++) {
      SubjectSketch sketch = new SubjectSketch();
      random.longs(20_000).forEach(sketch::add);
      double error = (sketch.size() - 20_000.0) / 20_000;
      squares += error * error;
      sum += error;
    }

    assertThat(Math.sqrt(squares / trials))
        .isBetween(SubjectSketch.STANDARD_ERROR * 0.66, SubjectSketch.STANDARD_ERROR * 1.34);
    assertThat(Math.abs(sum / trials)).as("bias").isLessThan(SubjectSketch.STANDARD_ERROR / 2);
  }

  @RandomizedTest
  void mergesToWhatOneSetOfAllIs(RandomGenerator random) {
    long[] left = random.longs(random.nextInt(1, 600)).toArray();
    long[] right = random.longs(random.nextInt(1, 600)).toArray();
    System.arraycopy(left, 0, right, 0, Math.min(left.length, right.length) / 2);
    SubjectSketch whole = of(left);
    Arrays.stream(right).forEach(whole::add);

    SubjectSketch merged = of(left);
    merged.merge(of(right));
    SubjectSketch other = of(right);
    other.merge(of(left));

    assertThat(merged).isEqualTo(whole).isEqualTo(other);
    assertThat(merged.size()).isEqualTo(whole.size());
    merged.merge(of(left));
    assertThat(merged).as("again").isEqualTo(whole);
  }

  @RandomizedTest
  void neverDeniesWhomItHolds(RandomGenerator random) {
    long[] hashes = random.longs(random.nextInt(1, 3000)).toArray();
    SubjectSketch sketch = of(hashes);

    assertThat(Arrays.stream(hashes)).allMatch(sketch::mayHold);
    if (sketch.isExact()) {
      assertThat(sketch.mayHold(random.nextLong())).isFalse();
    }
  }

  @RandomizedTest
  void readsWhatItWrote(RandomGenerator random) {
    SubjectSketch sketch = of(random.longs(random.nextInt(600)).toArray());

    assertThat(SubjectSketch.decode(sketch.encode())).contains(sketch);
    assertThat(sketch.copy()).isEqualTo(sketch);
  }

  @RandomizedTest(iterations = 30)
  void readsNothingElse(RandomGenerator random) {
    byte[] bytes = of(random.longs(random.nextInt(1, 600)).toArray()).encode();
    byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    byte[] other = bytes.clone();
    other[0]++;

    assertThat(SubjectSketch.decode(cut)).isEmpty();
    assertThat(SubjectSketch.decode(longer)).isEmpty();
    assertThat(SubjectSketch.decode(other)).isEmpty();
  }

  private static SubjectSketch of(long[] hashes) {
    SubjectSketch sketch = new SubjectSketch();
    Arrays.stream(hashes).forEach(sketch::add);
    return sketch;
  }
}

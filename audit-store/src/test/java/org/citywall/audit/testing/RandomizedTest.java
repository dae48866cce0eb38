// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs on random input and can be replayed. Parameters of type {@link
 * java.util.random.RandomGenerator} of the test and of its {@code @BeforeEach} methods are seeded
 * from a master seed, the name of the test and the number of the iteration.
 *
 * <ul>
 *   <li>{@code -Dtests.seed=HEX} fixes the master seed; a failure prints the one it ran with.
 *   <li>{@code -Dtests.iters=N} runs N times as many iterations.
 * </ul>
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(RandomizedTestExtension.class)
public @interface RandomizedTest {

  /** How often the test runs with fresh randomness, before {@code tests.iters} multiplies it. */
  int iterations() default 10;
}

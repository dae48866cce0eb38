// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import java.lang.reflect.Method;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link RandomizedTest} and tells how to replay it when it fails. */
final class RandomizedTestExtension implements TestTemplateInvocationContextProvider {

  private static final long MASTER_SEED = masterSeed(System.getProperty("tests.seed", ""));

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Method test = context.getRequiredTestMethod();
    String name = context.getRequiredTestClass().getSimpleName() + '#' + test.getName();
    int iterations = test.getAnnotation(RandomizedTest.class).iterations() * multiplier();
    return IntStream.rangeClosed(1, iterations)
        .mapToObj(iteration -> new Iteration(name, iteration, MASTER_SEED));
  }

  /** The generator of one iteration: depends on nothing but its arguments. */
  static RandomGenerator generator(long masterSeed, String test, int iteration) {
    long seed = masterSeed ^ ((long) test.hashCode() << 32 | iteration & 0xFFFFFFFFL);
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  static long masterSeed(String property) {
    return property.isBlank()
        ? new SecureRandom().nextLong()
        : HexFormat.fromHexDigitsToLong(property);
  }

  private static int multiplier() {
    String property = System.getProperty("tests.iters", "");
    return property.isBlank() ? 1 : Math.max(1, Integer.parseInt(property));
  }

  record Iteration(String test, int number, long masterSeed)
      implements TestTemplateInvocationContext, ParameterResolver, TestExecutionExceptionHandler {

    @Override
    public String getDisplayName(int invocationIndex) {
      return "iteration " + number;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RandomGenerator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return generator(masterSeed, test, number);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      String replay = "-Dtest=" + test + " -Dtests.seed=" + HexFormat.of().toHexDigits(masterSeed);
      System.err.println("Iteration " + number + " failed; replay with: " + replay);
      failure.addSuppressed(new ReplayWith(replay));
      throw failure;
    }
  }

  /** Carries the replay switches into the report of the failure; it has no stack of its own. */
  private static final class ReplayWith extends RuntimeException {
    ReplayWith(String switches) {
      super(switches, null, false, false);
    }
  }
}

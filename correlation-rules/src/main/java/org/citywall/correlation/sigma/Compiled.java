// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

/** An expression whose fields are slots. */
sealed interface Compiled {

  boolean holds(Evaluation event);

  record All(Compiled[] parts) implements Compiled {
    @Override
    public boolean holds(Evaluation event) {
      for (Compiled part : parts) {
        if (!part.holds(event)) {
          return false;
        }
      }
      return true;
    }
  }

  record Any(Compiled[] parts) implements Compiled {
    @Override
    public boolean holds(Evaluation event) {
      for (Compiled part : parts) {
        if (part.holds(event)) {
          return true;
        }
      }
      return false;
    }
  }

  record Several(int count, Compiled[] parts) implements Compiled {
    @Override
    public boolean holds(Evaluation event) {
      int passed = 0;
      for (Compiled part : parts) {
        if (part.holds(event) && ++passed == count) {
          return true;
        }
      }
      return false;
    }
  }

  record Inverse(Compiled part) implements Compiled {
    @Override
    public boolean holds(Evaluation event) {
      return !part.holds(event);
    }
  }

  /** A test of one field; rules that ask the same share its number and its answer. */
  record FieldTest(int number, int slot, ValueTest test) implements Compiled {
    @Override
    public boolean holds(Evaluation event) {
      return event.isAnswered(number)
          ? event.answer(number)
          : event.answer(number, test.test(event.values[slot], event.steps));
    }
  }

  record PairTest(int slot, int other, ValueTest.OtherField test) implements Compiled {
    @Override
    public boolean holds(Evaluation event) {
      return test.test(event.values[slot], event.values[other]);
    }
  }

  record KeywordTest(int number, ValueTest test) implements Compiled {
    @Override
    public boolean holds(Evaluation event) {
      return event.isAnswered(number) ? event.answer(number) : event.answer(number, search(event));
    }

    private boolean search(Evaluation event) {
      for (FieldValue value : event.all()) {
        if (test.test(value, event.steps)) {
          return true;
        }
      }
      return false;
    }
  }
}

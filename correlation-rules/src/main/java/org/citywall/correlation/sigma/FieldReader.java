// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.citywall.correlation.sigma.Modifiers.Operator;
import org.citywall.correlation.sigma.Modifiers.Transform;
import org.citywall.correlation.sigma.YamlNode.Kind;
import org.citywall.correlation.sigma.YamlNode.Scalar;

/** Reads one entry of a selection: a field with modifiers, and its values. */
final class FieldReader {

  private final Placeholders placeholders;

  FieldReader(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  /** The test that {@code key: values} stands for; a key without a field tests keywords. */
  Expression read(String key, YamlNode values) {
    List<String> words = Arrays.asList(key.split("\\|", -1));
    String field = words.getFirst();
    Modifiers modifiers = Modifiers.of(words.subList(1, words.size()), values.line());
    Function<ValueTest, Expression> on =
        field.isEmpty() ? Expression.Keyword::new : test -> new Expression.Field(field, test);
    List<Expression> tests = new ArrayList<>();
    for (Scalar value : scalars(values)) {
      tests.add(Expression.any(tests(value, modifiers, field.isEmpty()).stream().map(on).toList()));
    }
    if (tests.isEmpty()) {
      throw RuleMistake.invalid(values.line(), key + " has no value");
    }
    Expression expression = modifiers.all() ? Expression.all(tests) : Expression.any(tests);
    return modifiers.negated() ? new Expression.Not(expression) : expression;
  }

  /** A list of words, any of which may occur anywhere in the event. */
  Expression keyword(Scalar word) {
    return read("", word);
  }

  private static List<Scalar> scalars(YamlNode values) {
    return switch (values) {
      case Scalar scalar -> List.of(scalar);
      case YamlNode.Sequence sequence ->
          sequence.items().stream().flatMap(item -> scalarsOfItem(item).stream()).toList();
      case YamlNode.Mapping mapping ->
          throw RuleMistake.invalid(mapping.line(), "a map cannot be a value");
    };
  }

  private static List<Scalar> scalarsOfItem(YamlNode item) {
    if (item instanceof Scalar scalar) {
      return List.of(scalar);
    }
    throw RuleMistake.invalid(item.line(), "a value of a list must be a scalar");
  }

  private List<ValueTest> tests(Scalar value, Modifiers modifiers, boolean keyword) {
    if (value.kind() == Kind.NULL) {
      return List.of(nullTest(value, modifiers, keyword));
    }
    if (modifiers.part() != null || modifiers.ordering() != null) {
      return List.of(comparison(value, modifiers));
    }
    Operator operator = modifiers.operator();
    if (operator == null) {
      return texts(value, modifiers, keyword);
    }
    List<String> texts =
        modifiers.transforms().contains(Transform.EXPAND)
            ? placeholders.expand(value.text(), value.line())
            : List.of(value.text());
    return texts.stream().map(text -> test(text, operator, modifiers, value.line())).toList();
  }

  private static ValueTest nullTest(Scalar value, Modifiers modifiers, boolean keyword) {
    boolean plain =
        modifiers.operator() == null
            && modifiers.ordering() == null
            && modifiers.part() == null
            && modifiers.transforms().isEmpty()
            && modifiers.place() == Glob.Shape.EXACT;
    if (keyword || !plain) {
      throw RuleMistake.invalid(value.line(), "null cannot be compared in this way");
    }
    return new ValueTest.IsNull();
  }

  private static ValueTest comparison(Scalar value, Modifiers modifiers) {
    double number = Numbers.parse(value.text());
    if (Double.isNaN(number)) {
      throw RuleMistake.invalid(value.line(), "a number is needed, not " + value.text());
    }
    Ordering ordering = modifiers.ordering() == null ? Ordering.EQ : modifiers.ordering();
    return modifiers.part() == null
        ? new ValueTest.Compare(ordering, number)
        : new ValueTest.ComparePart(modifiers.part(), ordering, number);
  }

  private static ValueTest test(String text, Operator operator, Modifiers modifiers, int line) {
    return switch (operator) {
      case RE -> new ValueTest.Matches(BoundedRegex.compile(text, modifiers.regexFlags(), line));
      case CIDR ->
          new ValueTest.InNetwork(
              Network.parse(text)
                  .orElseThrow(() -> RuleMistake.invalid(line, text + " is no network")));
      case FIELDREF -> new ValueTest.OtherField(text, modifiers.place(), modifiers.cased());
      case EXISTS ->
          switch (Fold.fold(text)) {
            case "true", "yes" -> new ValueTest.Exists(true);
            case "false", "no" -> new ValueTest.Exists(false);
            default -> throw RuleMistake.invalid(line, "exists needs true or false");
          };
    };
  }

  private List<ValueTest> texts(Scalar value, Modifiers modifiers, boolean keyword) {
    List<String> expanded =
        modifiers.transforms().contains(Transform.EXPAND)
            ? placeholders.expand(value.text(), value.line())
            : List.of(value.text());
    List<ValueTest> tests = new ArrayList<>();
    for (String text : expanded) {
      Glob written = value.kind() == Kind.TEXT ? Glob.parse(text) : Glob.plain(text);
      for (Glob glob : encoded(written, modifiers, value.line())) {
        tests.add(new ValueTest.Text(placed(glob, modifiers, keyword), modifiers.cased()));
      }
    }
    return tests;
  }

  private static List<Glob> encoded(Glob written, Modifiers modifiers, int line) {
    Glob glob = modifiers.transforms().contains(Transform.WINDASH) ? written.anyDash() : written;
    if (!Encodings.hasEncoding(modifiers.transforms())) {
      return List.of(glob);
    }
    if (!glob.isPlain()) {
      throw RuleMistake.invalid(line, "wildcards and dashes cannot be encoded");
    }
    return Encodings.encode(glob.plainText(), modifiers.transforms(), line).stream()
        .map(Glob::plain)
        .toList();
  }

  private static Glob placed(Glob glob, Modifiers modifiers, boolean keyword) {
    Glob placed =
        switch (modifiers.place()) {
          case CONTAINS -> glob.open(true, true);
          case STARTS -> glob.open(keyword, true);
          case ENDS -> glob.open(true, keyword);
          case EXACT, WILD -> keyword ? glob.open(true, true) : glob;
        };
    return modifiers.cased() ? placed : placed.folded();
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.sql.LookUp;
import org.jspecify.annotations.Nullable;

/**
 * Values that a Bind message gives to parameters (PostgreSQL 18, section 54.7), of the types that
 * values are looked up of.
 */
final class BoundValues {

  private static final int INT8 = 20;
  private static final int INT2 = 21;
  private static final int INT4 = 23;
  private static final int NUMERIC = 1700;
  private static final int DATE = 1082;
  private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
  private static final BigDecimal DIGIT = BigDecimal.valueOf(10_000);
  private static final int MOST_DIGITS = 8;

  /** Types whose binary form is the text: none named, name, text, unknown, bpchar, varchar. */
  private static final Set<Integer> TEXTS = Set.of(0, 19, 25, 705, 1042, 1043);

  private final List<Integer> formats = new ArrayList<>();
  private final List<@Nullable ByteBuf> values = new ArrayList<>();

  /** None, as in a simple query. */
  static final BoundValues NONE = new BoundValues();

  private BoundValues() {}

  /**
   * Reads the body of a Bind, behind the names of portal and statement; no values from one that the
   * database will not read either.
   */
  static BoundValues read(ByteBuf body) {
    try {
      BoundValues bound = new BoundValues();
      bound.readAll(body);
      return bound;
    } catch (IndexOutOfBoundsException e) {
      return NONE;
    }
  }

  private void readAll(ByteBuf body) {
    int count = body.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      formats.add((int) body.readShort());
    }
    int parameters = body.readUnsignedShort();
    for (int i = 0; i < parameters; i++) {
      int length = body.readInt();
      values.add(length < 0 ? null : body.readSlice(length));
    }
    if (formats.size() > 1 && formats.size() != values.size()) {
      throw new IndexOutOfBoundsException("a format for each value, for all, or for none");
    }
  }

  /**
   * Types of a statement's parameters: those that the client names, and for what is looked up and
   * has none the one that it is compared as, so that both sides read a value alike.
   *
   * @param types object ids with their count, as they stand in Parse
   */
  static byte[] types(byte[] types, List<LookUp> lookUps) {
    List<Integer> ids = ids(types);
    for (LookUp lookUp : lookUps) {
      if (lookUp.operand() instanceof LookUp.Operand.Parameter parameter) {
        while (ids.size() < parameter.number()) {
          ids.add(0);
        }
        if (parameter.number() > 0 && ids.get(parameter.number() - 1) == 0) {
          ids.set(parameter.number() - 1, parameter.type());
        }
      }
    }
    ByteBuf out = Unpooled.buffer(2 + 4 * ids.size()).writeShort(ids.size());
    ids.forEach(out::writeInt);
    byte[] all = new byte[out.readableBytes()];
    out.readBytes(all);
    return all;
  }

  private static List<Integer> ids(byte[] types) {
    ByteBuf in = Unpooled.wrappedBuffer(types);
    List<Integer> ids = new ArrayList<>();
    int count = in.readUnsignedShort();
    for (int i = 0; i < count && in.isReadable(4); i++) {
      ids.add(in.readInt());
    }
    return ids;
  }

  /**
   * The value that a look-up's operand has.
   *
   * @param types as given by {@link #types}
   * @return empty for null, and for what is no value of the type
   */
  Optional<String> value(LookUp lookUp, byte[] types) {
    return switch (lookUp.operand()) {
      case LookUp.Operand.Constant(var constant) -> Optional.of(constant.reveal());
      case LookUp.Operand.Parameter parameter -> {
        int index = parameter.number() - 1;
        List<Integer> ids = ids(types);
        boolean bound = index >= 0 && index < values.size() && index < ids.size();
        ByteBuf value = bound ? values.get(index) : null;
        yield value == null || !lookUp.type().takesParameter(ids.get(index))
            ? Optional.empty()
            : read(value.duplicate(), isBinary(index), ids.get(index));
      }
    };
  }

  /**
   * The text that a parameter has; empty for null, and for what is bound in the binary form of
   * another type.
   *
   * @param number from 1
   * @param types object ids with their count, as they stand in Parse
   */
  Optional<String> text(int number, byte[] types) {
    int index = number - 1;
    ByteBuf value = index >= 0 && index < values.size() ? values.get(index) : null;
    if (value == null) {
      return Optional.empty();
    }
    List<Integer> ids = ids(types);
    int type = index < ids.size() ? ids.get(index) : 0;
    return isBinary(index) && !TEXTS.contains(type) ? Optional.empty() : text(value.duplicate());
  }

  private boolean isBinary(int index) {
    int format =
        formats.isEmpty() ? 0 : formats.size() == 1 ? formats.getFirst() : formats.get(index);
    return format != 0;
  }

  private static Optional<String> read(ByteBuf value, boolean binary, int type) {
    int length = value.readableBytes();
    if (!binary) {
      return text(value);
    }
    return switch (type) {
      case INT2 -> length == 2 ? Optional.of(Short.toString(value.readShort())) : Optional.empty();
      case INT4 -> length == 4 ? Optional.of(Integer.toString(value.readInt())) : Optional.empty();
      case INT8 -> length == 8 ? Optional.of(Long.toString(value.readLong())) : Optional.empty();
      case DATE -> length == 4 ? date(value.readInt()) : Optional.empty();
      case NUMERIC -> length >= 8 ? numeric(value) : Optional.empty();
      default -> text(value);
    };
  }

  private static Optional<String> text(ByteBuf value) {
    return ByteBufUtil.isText(value, StandardCharsets.UTF_8)
        ? Optional.of(value.toString(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static Optional<String> date(int days) {
    try {
      return Optional.of(FIRST_DAY.plusDays(days).toString());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Digits to the base of 10,000, the weight of the first, sign and scale ({@code numeric.c}). */
  private static Optional<String> numeric(ByteBuf value) {
    int count = value.readUnsignedShort();
    int weight = value.readShort();
    int sign = value.readUnsignedShort();
    value.skipBytes(2);
    if (sign != 0
        || count > MOST_DIGITS
        || Math.abs(weight) > MOST_DIGITS
        || value.readableBytes() != 2 * count) {
      return Optional.empty();
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < count; i++) {
      sum = sum.multiply(DIGIT).add(BigDecimal.valueOf(value.readShort()));
    }
    return Optional.of(
        sum.scaleByPowerOfTen(4 * (weight - count + 1)).stripTrailingZeros().toPlainString());
  }
}

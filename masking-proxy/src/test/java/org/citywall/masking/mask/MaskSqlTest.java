// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.shardingsphere.infra.spi.type.typed.TypedSPILoader;
import org.apache.shardingsphere.mask.spi.MaskAlgorithm;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real PostgreSQL makes of masks, beside ShardingSphere's own algorithms. */
class MaskSqlTest {

  private static final ColumnType TEXT = new ColumnType("text");
  private static EmbeddedPostgres server;
  private static Connection database;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    database = server.getPostgresDatabase().getConnection();
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    database.close();
    server.close();
  }

  @RandomizedTest(iterations = 30)
  void hideWhatShardingSphereHidesAndNeverShowAValue(RandomGenerator random) throws SQLException {
    Map<String, Object> rule = rule(random);
    Mask mask = MaskRules.read(rule);
    MaskAlgorithm<Object, Object> theirs = theirs(rule);
    List<String> values = values(random, rule);

    List<String> masked = inDatabase(mask, TEXT, values);

    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      String expected = String.valueOf(theirs.mask(value));
      if (expected.equals(value) && !isAllReplaced(value, rule)) {
        expected = String.valueOf(rule.getOrDefault("replace-char", "*")).repeat(value.length());
      }
      assertThat(masked.get(i)).as("%s of '%s'", rule, value).isEqualTo(expected);
    }
  }

  /** A value that consists of the replacing character looks the same when it is hidden. */
  private static boolean isAllReplaced(String value, Map<String, Object> rule) {
    return value.chars().allMatch(c -> c == rule.get("replace-char").toString().charAt(0));
  }

  private static Map<String, Object> rule(RandomGenerator random) {
    Map<String, Object> rule = new HashMap<>();
    rule.put("replace-char", List.of("*", "#", "'", "\\", "某").get(random.nextInt(5)));
    // ShardingSphere takes no zeros here; ours are tested below.
    int low = 1 + random.nextInt(6);
    switch (random.nextInt(6)) {
      case 0 ->
          bounds(rule, "KEEP_FIRST_N_LAST_M", "first-n", low, "last-m", 1 + random.nextInt(6));
      case 1 ->
          bounds(rule, "MASK_FIRST_N_LAST_M", "first-n", low, "last-m", 1 + random.nextInt(6));
      case 2 -> bounds(rule, "KEEP_FROM_X_TO_Y", "from-x", low, "to-y", low + random.nextInt(6));
      case 3 -> bounds(rule, "MASK_FROM_X_TO_Y", "from-x", low, "to-y", low + random.nextInt(6));
      case 4 -> special(rule, "MASK_BEFORE_SPECIAL_CHARS", random);
      default -> special(rule, "MASK_AFTER_SPECIAL_CHARS", random);
    }
    return rule;
  }

  private static void bounds(
      Map<String, Object> rule, String type, String low, int from, String high, int to) {
    rule.put("type", type);
    rule.put(low, from);
    rule.put(high, to);
  }

  private static void special(Map<String, Object> rule, String type, RandomGenerator random) {
    rule.put("type", type);
    rule.put("special-chars", List.of("@", "--", "'", "区", "\\").get(random.nextInt(5)));
  }

  private static List<String> values(RandomGenerator random, Map<String, Object> rule) {
    List<String> values =
        new ArrayList<>(List.of("", "x", "13847195678", "110101198706142233", "欧阳测试"));
    String alphabet = "01234567xyzA*#'\\@- \n\t某欧阳区";
    Object special = rule.get("special-chars");
    while (values.size() < 300) {
      StringBuilder value = new StringBuilder();
      for (int left = random.nextInt(24); left > 0; left--) {
        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      if (special != null && random.nextBoolean()) {
        value.insert(random.nextInt(value.length() + 1), special);
      }
      values.add(value.toString());
    }
    return values;
  }

  @RandomizedTest(iterations = 30)
  void areKnownByTheFormOfWhatTheyLeave(RandomGenerator random) throws SQLException {
    Map<String, Object> rule = rule(random);
    Mask mask = MaskRules.read(rule);

    for (String masked : inDatabase(mask, TEXT, values(random, rule))) {
      assertThat(mask.isFormOf(masked)).as("%s of %s", masked, rule).isEqualTo(!masked.isEmpty());
    }
  }

  @Test
  void areNotKnownWhereTheirResultsAreValues() throws SQLException {
    for (Mask mask : everyMask()) {
      boolean told = mask instanceof CharacterMask || mask instanceof HashMask;
      String masked = inDatabase(mask, TEXT, List.of("ab@1384719567")).getFirst();

      assertThat(masked != null && mask.isFormOf(masked)).as(mask.algorithm()).isEqualTo(told);
      assertThat(mask.isFormOf("13847195678")).as(mask.algorithm()).isFalse();
      assertThat(mask.isFormOf("")).as(mask.algorithm()).isFalse();
    }
  }

  @SuppressWarnings("unchecked")
  private static MaskAlgorithm<Object, Object> theirs(Map<String, Object> rule) {
    Properties properties = new Properties();
    rule.forEach((name, value) -> properties.put(name, value.toString()));
    return TypedSPILoader.getService(MaskAlgorithm.class, rule.get("type").toString(), properties);
  }

  private static List<String> inDatabase(Mask mask, ColumnType type, List<String> values)
      throws SQLException {
    String sql =
        "SELECT "
            + mask.sql("v", type)
            + " FROM (SELECT CAST(u AS "
            + type.sqlName()
            + ") AS v, n FROM unnest(?) WITH ORDINALITY AS t(u, n)) AS s ORDER BY n";
    try (PreparedStatement select = database.prepareStatement(sql)) {
      select.setArray(1, database.createArrayOf("text", values.toArray()));
      List<String> masked = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo(shortName(type));
        while (rows.next()) {
          masked.add(rows.getString(1));
        }
      }
      return masked;
    }
  }

  private static String shortName(ColumnType type) {
    String base = type.sqlName().replaceAll("\\(.*", "");
    return switch (base) {
      case "character varying" -> "varchar";
      case "character" -> "bpchar";
      case "integer" -> "int4";
      case "smallint" -> "int2";
      case "bigint" -> "int8";
      case "double precision" -> "float8";
      case "real" -> "float4";
      case "boolean" -> "bool";
      case "timestamp with time zone" -> "timestamptz";
      case "timestamp without time zone" -> "timestamp";
      default -> base;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "KEEP_FIRST_N_LAST_M, first-n, 1, last-m, 0, 欧阳测试, 欧***",
    "KEEP_FIRST_N_LAST_M, first-n, 0, last-m, 0, 欧阳, **",
    "KEEP_FIRST_N_LAST_M, first-n, 3, last-m, 4, 13847195678, 138****5678",
    "KEEP_FIRST_N_LAST_M, first-n, 3, last-m, 4, 1384567, *******",
    "MASK_FROM_X_TO_Y, from-x, 6, to-y, 16, 110101198706142233, 110101***********3",
    "MASK_FROM_X_TO_Y, from-x, 6, to-y, 16, 110101, ******",
    "MASK_FROM_X_TO_Y, from-x, 0, to-y, 2, 1101, ***1",
    "KEEP_FROM_X_TO_Y, from-x, 0, to-y, 2, 1101, 110*",
    "KEEP_FROM_X_TO_Y, from-x, 0, to-y, 2, 110, ***",
    "MASK_FIRST_N_LAST_M, first-n, 0, last-m, 2, 1101, 11**",
  })
  void takesZerosAndHidesWhatIsTooShort(
      String type, String low, int from, String high, int to, String value, String expected)
      throws SQLException {
    Mask mask = MaskRules.read(Map.of("type", type, low, from, high, to));

    assertThat(inDatabase(mask, TEXT, List.of(value))).containsExactly(expected);
  }

  @Test
  void neverCutsARareCharacterInHalf() throws SQLException {
    Mask mask = new CharacterMask.KeepFirstLast(1, 0, '*');

    assertThat(inDatabase(mask, TEXT, List.of("𠮷田太郎"))).containsExactly("𠮷***");
  }

  @Test
  void keepsNullAsItIs() throws SQLException {
    List<String> none = new ArrayList<>();
    none.add(null);
    for (Mask mask : everyMask()) {
      assertThat(inDatabase(mask, TEXT, none)).as(mask.algorithm()).containsExactly((String) null);
    }
  }

  @Test
  void keepsTheTypeOfTheColumn() throws SQLException {
    Map<String, String> samples = new HashMap<>();
    samples.put("text", "13847195678");
    samples.put("character varying(20)", "13847195678");
    samples.put("character(18)", "110101198706142233");
    samples.put("smallint", "-32768");
    samples.put("integer", "2147483647");
    samples.put("bigint", "-9223372036854775808");
    samples.put("numeric", "12345678.90");
    samples.put("double precision", "NaN");
    samples.put("real", "-1234.5");
    samples.put("date", "1987-06-14");
    samples.put("timestamp with time zone", "1987-06-14 10:11:12+08");
    samples.put("timestamp without time zone", "infinity");
    samples.put("boolean", "true");
    samples.put("uuid", "00000000-0000-4000-8000-000000000000");
    samples.put("jsonb", "{\"a\": 1}");
    samples.put("inet", "10.1.2.3");
    for (Mask mask : everyMask()) {
      for (Map.Entry<String, String> sample : samples.entrySet()) {
        ColumnType type = new ColumnType(sample.getKey());
        assertThat(inDatabase(mask, type, List.of(sample.getValue())))
            .as("%s of %s", mask.algorithm(), type)
            .hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ROUND, digits, 3, integer, 12345, 12000",
    "ROUND, digits, 3, smallint, 32767, 32000",
    "ROUND, digits, 3, smallint, -32768, -32000",
    "ROUND, digits, 2, numeric, 9876.54, 9800",
    "GENERALISE, step, 5, integer, 34, 30",
    "GENERALISE, step, 5, integer, -34, -30",
    "GENERALISE, step, 5, double precision, 17.25, 15",
  })
  void cutsNumbersTowardsZero(
      String type, String name, int value, String column, String given, String expected)
      throws SQLException {
    Mask mask = MaskRules.read(Map.of("type", type, name, value));

    assertThat(inDatabase(mask, new ColumnType(column), List.of(given))).containsExactly(expected);
  }

  @Test
  void showsTheYearOfADateAndNothingOfAText() throws SQLException {
    Mask mask = new TruncatingMask.YearOnly();

    assertThat(inDatabase(mask, new ColumnType("date"), List.of("1987-06-14")))
        .containsExactly("1987-01-01");
    assertThat(inDatabase(mask, TEXT, List.of("1987-06-14"))).containsExactly((String) null);
  }

  @RandomizedTest(iterations = 5)
  void hashesAsRfc2104Says(RandomGenerator random) throws Exception {
    byte[] key = new byte[16 + random.nextInt(100)];
    random.nextBytes(key);
    Mask mask = new HashMask.Keyed(org.citywall.audit.secrets.Sensitive.of(key));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    List<String> values = List.of("", "13847195678", "欧阳测试", "x".repeat(1000));

    assertThat(inDatabase(mask, TEXT, values))
        .containsExactlyElementsOf(
            values.stream()
                .map(value -> mac.doFinal(value.getBytes(StandardCharsets.UTF_8)))
                .map(HexFormat.of()::formatHex)
                .toList());
    assertThat(inDatabase(mask, new ColumnType("character varying(20)"), List.of("1")))
        .as("no room for the pseudonym")
        .containsExactly((String) null);
  }

  private static List<Mask> everyMask() {
    return List.of(
        new CharacterMask.KeepFirstLast(3, 4, '*'),
        new CharacterMask.MaskFirstLast(3, 4, '*'),
        new CharacterMask.KeepFromTo(2, 5, '*'),
        new CharacterMask.MaskFromTo(2, 5, '*'),
        new CharacterMask.MaskBefore("@", '*'),
        new CharacterMask.MaskAfter("@", '*'),
        MaskRules.read(Map.of("type", "KEYED_HASH", "key", "0123456789abcdef")),
        MaskRules.read(Map.of("type", "NULL")),
        new TruncatingMask.YearOnly(),
        new TruncatingMask.Round(3),
        new TruncatingMask.Generalise(10));
  }
}

// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.masking.catalogue.CatalogueColumn;
import org.citywall.masking.catalogue.DataLevel;
import org.citywall.masking.catalogue.DataSet;
import org.jspecify.annotations.Nullable;

/** Lays out the city from its tables: units in two trees, and the data catalogue. */
final class CityPlan {

  private static final String GOVERNMENT = "ZF";
  private static final int TOPICS_OF_A_DISTRICT_GOVERNMENT = 5;
  private static final List<String[]> DISTRICTS =
      List.of(
          new String[] {"339902", "东渡区"},
          new String[] {"339903", "西浦区"},
          new String[] {"339904", "北洲区"},
          new String[] {"339921", "南屏县"},
          new String[] {"339922", "溪口县"},
          new String[] {"339981", "石桥市"});

  private final List<Bureau> bureaus =
      SeedTable.rows("bureaus.tsv").stream()
          .map(row -> new Bureau(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)))
          .toList();
  private final Map<String, List<CatalogueColumn>> columns = readColumns();

  /** One kind of bureau; {@code districtName} is {@code -} where districts have none. */
  private record Bureau(
      String code, String cityName, String districtName, String schema, String databaseHost) {

    boolean inDistricts() {
      return !districtName.equals("-");
    }
  }

  List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    String city = DemoCity.REGION + "-" + GOVERNMENT;
    units.add(new Unit(city, DemoCity.NAME + "人民政府办公室", DemoCity.REGION, GOVERNMENT, null, null));
    for (Bureau bureau : bureaus) {
      String code = DemoCity.REGION + "-" + bureau.code();
      String name = DemoCity.NAME + bureau.cityName();
      units.add(new Unit(code, name, DemoCity.REGION, bureau.code(), city, null));
    }
    for (String[] district : DISTRICTS) {
      String government = district[0] + "-" + GOVERNMENT;
      units.add(new Unit(government, district[1] + "人民政府办公室", district[0], GOVERNMENT, city, city));
      for (Bureau bureau : bureaus) {
        if (bureau.inDistricts()) {
          units.add(districtBureau(district, government, bureau));
        }
      }
    }
    return units;
  }

  private static Unit districtBureau(String[] district, String government, Bureau bureau) {
    return new Unit(
        district[0] + "-" + bureau.code(),
        district[1] + bureau.districtName(),
        district[0],
        bureau.code(),
        government,
        DemoCity.REGION + "-" + bureau.code());
  }

  /** Each unit has its bureau's topics; a city bureau also keeps yearly figures of each. */
  List<DataSet> dataSets(List<Unit> units) {
    List<DataSet> dataSets = new ArrayList<>();
    List<List<String>> topics = SeedTable.rows("topics.tsv");
    for (Unit unit : units) {
      List<List<String>> own =
          topics.stream().filter(topic -> topic.get(0).equals(unit.bureau())).toList();
      if (unit.bureau().equals(GOVERNMENT) && !unit.ofCity()) {
        own = own.subList(0, TOPICS_OF_A_DISTRICT_GOVERNMENT);
      }
      int number = 0;
      for (List<String> topic : own) {
        dataSets.add(dataSet(unit, topic, ++number));
      }
      if (unit.ofCity() && !unit.bureau().equals(GOVERNMENT)) {
        for (List<String> topic : own) {
          dataSets.add(yearlyFigures(unit, topic, ++number));
        }
      }
    }
    return dataSets;
  }

  private DataSet dataSet(Unit unit, List<String> topic, int number) {
    String schema = schemaOf(unit.bureau());
    List<CatalogueColumn> own = columns.getOrDefault(schema + "." + topic.get(1), List.of());
    return new DataSet(
        idOf(unit, number),
        topic.get(2),
        unit.code(),
        databaseHostOf(unit.bureau()),
        unit.ofCity() ? schema : schema + "_" + unit.region(),
        topic.get(1),
        schema,
        DataLevel.ofNumber(Integer.parseInt(topic.get(3))),
        own,
        subject(topic.get(4)));
  }

  private DataSet yearlyFigures(Unit unit, List<String> topic, int number) {
    String schema = schemaOf(unit.bureau());
    return new DataSet(
        idOf(unit, number),
        topic.get(2) + "年度统计",
        unit.code(),
        databaseHostOf(unit.bureau()),
        schema,
        topic.get(1) + "_yearly",
        schema,
        DataLevel.L1,
        List.of(),
        null);
  }

  private static @Nullable String subject(String column) {
    return column.equals("-") ? null : column;
  }

  private static String idOf(Unit unit, int number) {
    return unit.code() + (number < 10 ? "-00" : "-0") + number;
  }

  private String schemaOf(String bureau) {
    return bureau.equals(GOVERNMENT) ? "government" : find(bureau).schema();
  }

  private String databaseHostOf(String bureau) {
    return bureau.equals(GOVERNMENT) ? "pg-01" : find(bureau).databaseHost();
  }

  private Bureau find(String code) {
    return bureaus.stream().filter(bureau -> bureau.code().equals(code)).findFirst().orElseThrow();
  }

  private static Map<String, List<CatalogueColumn>> readColumns() {
    Map<String, List<CatalogueColumn>> columns = new HashMap<>();
    for (List<String> row : SeedTable.rows("columns.tsv")) {
      columns
          .computeIfAbsent(row.get(0), table -> new ArrayList<>())
          .add(
              new CatalogueColumn(
                  row.get(1),
                  DataLevel.ofNumber(Integer.parseInt(row.get(2))),
                  subject(row.get(3))));
    }
    return columns;
  }
}

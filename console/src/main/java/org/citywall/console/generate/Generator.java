// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.citywall.audit.event.Event;
import org.citywall.correlation.Context;
import org.citywall.masking.catalogue.DataSet;

/**
 * A month, or whatever was asked for, of a city whose truth is known. Everything but the events is
 * there at once; the events are made while they are read, and the truth is complete afterwards.
 */
public final class Generator {

  private final City city;
  private final Staging staging;
  private boolean played;

  public Generator(GeneratorOptions options) {
    this.city = new City(options);
    this.staging = Staging.of(city);
  }

  /** What detection has to know about the city, with the approvals that were given. */
  public Context context() {
    return CityContext.of(city, staging);
  }

  public List<DataSet> dataSets() {
    return List.copyOf(city.dataSets());
  }

  /** Lists that rules of the public-data pack ask for. */
  public SortedMap<String, List<String>> placeholders() {
    return CityContext.placeholders();
  }

  Staging staging() {
    return staging;
  }

  /** Makes all events in order of arrival; to be called once. */
  public void play(Consumer<Event> out) {
    if (played) {
      throw new IllegalStateException("the events were made already");
    }
    played = true;
    new EventStream(city, staging).play(out);
  }

  /** What was staged, after the events were made. */
  public List<Truth> truth() {
    if (!played) {
      throw new IllegalStateException("the truth is known when the events were made");
    }
    Stream<Truth> all = staging.instances().stream().map(Instance::truth).filter(Objects::nonNull);
    return all.toList();
  }
}

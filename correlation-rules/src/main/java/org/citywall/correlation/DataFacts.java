// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules about public data know of the city besides its people: agreements on sharing, what
 * is planted, where sites are, which jobs run.
 *
 * @param sites places from which people log in
 * @param vpnEgress addresses at which travellers appear wherever they are
 * @param backupJobs dumps that are meant to be taken
 * @param apiContracts what each key of a sharing interface may do
 * @param watchList persons whose records are looked at without reason more often than others'
 * @param honey ids of planted records, and names of planted tables
 * @param ownWatermarks watermarks of samples that the city gave away itself
 * @param applications programs by which decisions may be changed
 * @param shards accounts that share one job among them, a list for each job
 * @param noisedAccounts accounts whose counts are answered with noise added
 * @param sharedSightings digests of what many districts see for good reason, such as a vendor's
 *     gateway
 */
public record DataFacts(
    List<Site> sites,
    Set<String> vpnEgress,
    List<BackupJob> backupJobs,
    List<ApiContract> apiContracts,
    List<Watched> watchList,
    Set<String> honey,
    Set<String> ownWatermarks,
    Set<String> applications,
    List<List<String>> shards,
    Set<String> noisedAccounts,
    Set<String> sharedSightings) {

  /** Nothing is known. */
  public static final DataFacts NONE =
      new DataFacts(
          List.of(), Set.of(), List.of(), List.of(), List.of(), Set.of(), Set.of(), Set.of(),
          List.of(), Set.of(), Set.of());

  public DataFacts {
    sites = List.copyOf(sites);
    vpnEgress = Set.copyOf(vpnEgress);
    backupJobs = List.copyOf(backupJobs);
    apiContracts = List.copyOf(apiContracts);
    watchList = List.copyOf(watchList);
    honey = Set.copyOf(honey);
    ownWatermarks = Set.copyOf(ownWatermarks);
    applications = Set.copyOf(applications);
    shards = shards.stream().map(List::copyOf).toList();
    noisedAccounts = Set.copyOf(noisedAccounts);
    sharedSightings = Set.copyOf(sharedSightings);
  }

  /**
   * A place of the city.
   *
   * @param name as {@code source.geo.name}
   * @param location latitude and longitude in degrees, as {@code source.geo.location}
   */
  public record Site(String name, @Nullable String location) {
    public Site {
      Objects.requireNonNull(name, "name is missing");
    }
  }

  /**
   * A dump that is meant to be taken.
   *
   * @param address where it runs
   * @param statement digest of its statement; null where any will do
   */
  public record BackupJob(String account, String address, @Nullable String statement) {
    public BackupJob {
      Objects.requireNonNull(account, "account is missing");
      Objects.requireNonNull(address, "address is missing");
    }
  }

  /**
   * What a key of a sharing interface may do.
   *
   * @param key as {@code gov.api.key.id}
   * @param perHour calls in an hour, 0 for no limit
   * @param perDay calls in a day, 0 for no limit
   * @param burst calls that an hour may have beyond its limit
   * @param fields fields that were approved; empty for any
   * @param version version of the contract, as {@code gov.api.contract.version}
   */
  public record ApiContract(
      String key,
      long perHour,
      long perDay,
      long burst,
      @Nullable List<String> fields,
      @Nullable String version) {
    public ApiContract {
      Objects.requireNonNull(key, "key is missing");
      fields = fields == null ? List.of() : List.copyOf(fields);
      if (perHour < 0 || perDay < 0 || burst < 0) {
        throw new IllegalArgumentException("limits must not be negative");
      }
    }
  }

  /**
   * A person whose record is watched.
   *
   * @param subject keyed digest, as in {@code gov.subjects.digests}
   */
  public record Watched(String subject, @Nullable String reason) {
    public Watched {
      Objects.requireNonNull(subject, "subject is missing");
    }
  }

  /** The content with sets in order, so that it can be digested. */
  List<Object> ordered() {
    return List.of(
        sites,
        sorted(vpnEgress),
        backupJobs,
        apiContracts,
        watchList,
        sorted(honey),
        sorted(ownWatermarks),
        sorted(applications),
        shards,
        sorted(noisedAccounts),
        sorted(sharedSightings));
  }

  private static List<String> sorted(Set<String> set) {
    return set.stream().sorted().toList();
  }
}

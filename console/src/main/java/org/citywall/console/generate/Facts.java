// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;
import java.util.Locale;
import org.citywall.audit.event.Field;
import org.citywall.console.demo.Person;
import org.citywall.console.demo.PersonType;
import org.citywall.masking.catalogue.DataSet;

/** Makes drafts of the kinds of events that the sources of a city report. */
final class Facts {

  static final String PROXY_SOURCE = "proxy/gov-01";
  static final String IDENTITY = "app/identity";
  static final String PORTAL = "app/data-portal";
  static final String API = "app/api-gateway";
  static final String HR = "app/personnel";
  static final String ENDPOINT = "app/endpoint-agent";
  static final String COLLECTOR = "citywall/collector";
  private static final long ROW_BYTES = 180;

  private final City city;

  Facts(City city) {
    this.city = city;
  }

  /** A statement of a person's own, through the masking proxy. */
  Draft access(long at, Person who, DataSet set, Sql sql, long rows, String app) {
    Draft draft =
        new Draft(at, PROXY_SOURCE)
            .put(Field.EVENT_DATASET, "citywall.masking_proxy")
            .put(Field.EVENT_KIND, "event")
            .put(Field.USER_NAME, who.account())
            .put(Field.SOURCE_IP, who.address())
            .put(Field.DB_SESSION_ID, "s-" + who.id() + "-" + at / 14_400_000_000L)
            .put(Field.DB_CLIENT_APP, app)
            .put(Field.GOV_DECISION, "mask");
    actor(draft, who);
    statement(draft, sql, rows);
    return data(draft, set, rows);
  }

  /** A statement of an application in the name of a clerk: one log-in for all of them. */
  Draft pooled(long at, Person who, DataSet set, Sql sql, long rows) {
    String bureau = city.unitOf(who).bureau().toLowerCase(Locale.ROOT);
    long session = Math.floorMod(Marks.mix(at), 12);
    return access(at, who, set, sql, rows, "yunlan-desk")
        .put(Field.USER_EFFECTIVE_NAME, "app-" + bureau + "-desk")
        .put(Field.SOURCE_IP, "10.33.240." + (20 + Math.floorMod(bureau.hashCode(), 200)))
        .put(Field.NETWORK_FORWARDED_IP, who.address())
        .put(Field.DB_SESSION_ID, "pool-" + bureau + "-" + session);
  }

  /** What a database's own audit source reports of a statement. */
  Draft direct(long at, Person who, DataSet set, Sql sql, long rows, String address, String app) {
    Draft draft =
        new Draft(at, "db-audit/" + set.database())
            .put(Field.EVENT_DATASET, "database.access")
            .put(Field.EVENT_KIND, "event")
            .put(Field.USER_NAME, who.account())
            .put(Field.SOURCE_IP, address)
            .put(Field.SERVER_ADDRESS, set.database())
            .put(Field.DB_SESSION_ID, "d-" + who.id() + "-" + at / 14_400_000_000L)
            .put(Field.DB_CLIENT_APP, app);
    actor(draft, who);
    statement(draft, sql, rows);
    return data(draft, set, rows);
  }

  private void actor(Draft draft, Person who) {
    draft
        .put(Field.GOV_PERSON_TYPE, who.type().fieldValue())
        .put(Field.GOV_PERSON_ID, who.id())
        .put(Field.GOV_DEPARTMENT_CODE, who.unit())
        .put(Field.GOV_VENDOR_ID, who.vendor())
        .put(Field.USER_ROLES, List.of(role(who)));
  }

  static String role(Person who) {
    return who.duty().name().toLowerCase(Locale.ROOT);
  }

  private static void statement(Draft draft, Sql sql, long rows) {
    boolean changes = sql.operation().equals("UPDATE") || sql.operation().equals("DELETE");
    draft
        .put(Field.EVENT_CATEGORY, List.of("database"))
        .put(Field.EVENT_TYPE, List.of(changes ? "change" : "access"))
        .put(Field.EVENT_ACTION, "sql-statement")
        .put(Field.EVENT_OUTCOME, "success")
        .put(Field.DB_SYSTEM, "postgresql")
        .put(Field.DB_NAME, City.DATABASE)
        .put(Field.DB_OPERATION, sql.operation())
        .put(Field.DB_STATEMENT, sql.text())
        .put(Field.DB_STATEMENT_HASH, sql.hash())
        .put(changes ? Field.DB_ROWS_AFFECTED : Field.DB_ROWS_RETURNED, rows);
    if (!sql.columns().isEmpty()) {
      draft.put(Field.DB_COLUMNS, sql.columns());
    }
    if (!changes) {
      draft.put(Field.DB_BYTES_RETURNED, rows * ROW_BYTES);
    }
  }

  private static Draft data(Draft draft, DataSet set, long rows) {
    draft
        .put(Field.DB_SCHEMA, set.schema())
        .put(Field.DB_TABLE, List.of(set.qualifiedTable()))
        .put(Field.GOV_DATA_LEVEL, set.level().number())
        .put(Field.GOV_DATA_CATEGORY, List.of(set.category()))
        .put(Field.GOV_CATALOGUE_ID, set.id())
        .put(Field.GOV_OWNER_CODE, set.owner());
    if (set.subjectColumn() != null) {
      draft.put(Field.GOV_SUBJECTS_COUNT, rows);
    }
    return draft;
  }

  String subject(long resident) {
    return city.marks().of("subject", Math.floorMod(resident, City.RESIDENTS));
  }

  List<String> subjects(long first, int count) {
    return java.util.stream.LongStream.range(first, first + count).mapToObj(this::subject).toList();
  }

  /** A log-in or log-out at the portal. */
  Draft logIn(long at, Person who, boolean success) {
    return portal(at, who.account(), who.address(), success ? "log-in" : "log-in")
        .put(Field.EVENT_OUTCOME, success ? "success" : "failure")
        .put(Field.DEVICE_ID, "PC-" + who.id())
        .put(Field.SOURCE_GEO_NAME, city.unitOf(who).region())
        .put(Field.SOURCE_GEO_LOCATION, Places.ofRegion(city.unitOf(who).region()))
        .put(Field.GOV_DEPARTMENT_CODE, who.unit())
        .put(Field.GOV_PERSON_TYPE, who.type().fieldValue())
        .put(Field.GOV_PERSON_ID, who.id());
  }

  Draft portal(long at, String account, String address, String action) {
    return new Draft(at, PORTAL)
        .put(Field.EVENT_DATASET, "portal.access")
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_CATEGORY, List.of("authentication", "session"))
        .put(Field.EVENT_TYPE, List.of(action.equals("log-out") ? "end" : "start"))
        .put(Field.EVENT_ACTION, action)
        .put(Field.EVENT_OUTCOME, "success")
        .put(Field.SERVICE_NAME, "data-portal")
        .put(Field.USER_NAME, account)
        .put(Field.SOURCE_IP, address);
  }

  /** A log-in to a host over ssh. */
  Draft ssh(long at, String host, String account, String address, boolean success) {
    return new Draft(at, "syslog-tls/" + host)
        .put(Field.EVENT_DATASET, "system.auth")
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_CATEGORY, List.of("authentication"))
        .put(
            Field.EVENT_TYPE,
            List.of(success ? "authentication_success" : "authentication_failure", "info"))
        .put(Field.EVENT_ACTION, "ssh_login")
        .put(Field.EVENT_OUTCOME, success ? "success" : "failure")
        .put(Field.HOST_NAME, host)
        .put(Field.PROCESS_NAME, "sshd")
        .put(Field.LOG_SYSLOG_APPNAME, "sshd")
        .put(Field.USER_NAME, account)
        .put(Field.SOURCE_IP, address)
        .put(
            Field.MESSAGE,
            (success ? "Accepted publickey for " : "Failed password for ")
                + account
                + " from "
                + address
                + " port 50022 ssh2");
  }

  Draft cron(long at, String host) {
    return new Draft(at, "syslog-tls/" + host)
        .put(Field.EVENT_DATASET, "system.auth")
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_CATEGORY, List.of("session"))
        .put(Field.EVENT_TYPE, List.of("start"))
        .put(Field.EVENT_ACTION, "session_opened")
        .put(Field.EVENT_OUTCOME, "success")
        .put(Field.HOST_NAME, host)
        .put(Field.PROCESS_NAME, "CRON")
        .put(Field.LOG_SYSLOG_APPNAME, "CRON")
        .put(Field.USER_NAME, "root")
        .put(Field.MESSAGE, "pam_unix(cron:session): session opened for user root(uid=0)");
  }

  /** What the identity system reports of an account or a role. */
  Draft identity(long at, String action, String by, String account) {
    return new Draft(at, IDENTITY)
        .put(Field.EVENT_DATASET, "identity.account")
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_CATEGORY, List.of("iam"))
        .put(Field.EVENT_TYPE, List.of("change"))
        .put(Field.EVENT_ACTION, action)
        .put(Field.EVENT_OUTCOME, "success")
        .put(Field.USER_NAME, by)
        .put(Field.USER_TARGET_NAME, account);
  }

  Draft personnel(long at, String action, Person about) {
    return new Draft(at, HR)
        .put(Field.EVENT_DATASET, "hr.person")
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_CATEGORY, List.of("iam"))
        .put(Field.EVENT_TYPE, List.of("info"))
        .put(Field.EVENT_ACTION, action)
        .put(Field.USER_NAME, "svc-personnel")
        .put(Field.USER_TARGET_NAME, about.account());
  }

  /** A call of a sharing interface. */
  Draft call(long at, ApiKey key, long person, int status, long records) {
    return new Draft(at, API)
        .put(Field.EVENT_DATASET, "api.access")
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_CATEGORY, List.of("web", "api"))
        .put(Field.EVENT_TYPE, List.of("access"))
        .put(Field.EVENT_ACTION, "api-call")
        .put(Field.EVENT_OUTCOME, status < 400 ? "success" : "failure")
        .put(Field.HTTP_REQUEST_METHOD, "GET")
        .put(Field.HTTP_RESPONSE_STATUS_CODE, status)
        .put(Field.URL_PATH, "/v1/" + key.api())
        .put(Field.SOURCE_IP, key.address())
        .put(Field.GOV_API_ID, key.api())
        .put(Field.GOV_API_KEY_ID, key.id())
        .put(Field.GOV_API_FIELDS, key.fields())
        .put(Field.GOV_API_RECORDS, records)
        .put(Field.GOV_API_CONTRACT_VERSION, "1")
        .put(Field.GOV_SUBJECTS_COUNT, records)
        .put(Field.GOV_DATA_LEVEL, 3)
        .put(Field.GOV_DEPARTMENT_CODE, key.unit())
        .put(Field.GOV_LOOK_UP_DIGESTS, List.of(subject(person)));
  }

  /** What the agent of a desk reports of a file. */
  Draft file(long at, Person who, String action, String name, long bytes) {
    return new Draft(at, ENDPOINT)
        .put(Field.EVENT_DATASET, "endpoint.file")
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_CATEGORY, List.of("file"))
        .put(Field.EVENT_TYPE, List.of(action.equals("file-written") ? "creation" : "access"))
        .put(Field.EVENT_ACTION, action)
        .put(Field.EVENT_OUTCOME, "success")
        .put(Field.USER_NAME, who.account())
        .put(Field.SOURCE_IP, who.address())
        .put(Field.HOST_NAME, "pc-" + who.id().toLowerCase(Locale.ROOT))
        .put(Field.DEVICE_ID, "PC-" + who.id())
        .put(Field.FILE_NAME, name)
        .put(Field.FILE_SIZE, bytes)
        .put(Field.FILE_HASH, city.marks().of("file", name) + city.marks().of("file2", name))
        .put(Field.GOV_DEPARTMENT_CODE, who.unit());
  }

  /** What the collectors report of a source, as they do. */
  Draft report(long at, String action, String origin) {
    String type = action.equals("source-silent") ? "end" : "info";
    return new Draft(at, COLLECTOR)
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_MODULE, "citywall")
        .put(Field.EVENT_DATASET, "citywall.collector")
        .put(Field.EVENT_CATEGORY, List.of("host"))
        .put(Field.EVENT_TYPE, List.of(action.equals("source-resumed") ? "start" : type))
        .put(Field.EVENT_ACTION, action)
        .put(Field.GOV_ORIGIN_ID, origin);
  }

  static boolean isService(Person who) {
    return who.type() == PersonType.SERVICE;
  }
}

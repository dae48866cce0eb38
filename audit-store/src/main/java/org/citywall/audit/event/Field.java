// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registry of event fields. Names are those of the Elastic Common Schema where it has one
 * ({@link FieldOrigin#ECS}); {@code db.*} and {@code gov.*} are ours. A name that is not registered
 * is kept under {@code labels.*}.
 *
 * <p>Numbers are part of the canonical bytes: they are never changed and never reused.
 */
public enum Field {
  EVENT_KIND(
      1,
      "event.kind",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "event, alert, state, metric or pipeline_error"),
  EVENT_CATEGORY(
      2,
      "event.category",
      FieldType.KEYWORDS,
      FieldOrigin.ECS,
      "ECS category: authentication, database, iam, network, process, session, ..."),
  EVENT_TYPE(
      3,
      "event.type",
      FieldType.KEYWORDS,
      FieldOrigin.ECS,
      "ECS type: start, end, access, change, denied, ..."),
  EVENT_ACTION(
      4,
      "event.action",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "What was done, in the source's words"),
  EVENT_OUTCOME(
      5, "event.outcome", FieldType.KEYWORD, FieldOrigin.ECS, "success, failure or unknown"),
  EVENT_CODE(
      6,
      "event.code",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "The source's own number of this kind of event"),
  EVENT_DATASET(
      7,
      "event.dataset",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Which stream the event belongs to, for example system.auth"),
  EVENT_MODULE(
      8,
      "event.module",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Which parser or product family the event belongs to"),
  EVENT_PROVIDER(
      9,
      "event.provider",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Program or subsystem that reported the event"),
  EVENT_REASON(
      10,
      "event.reason",
      FieldType.TEXT,
      FieldOrigin.ECS,
      "Why it happened, in the source's words"),
  EVENT_SEVERITY(
      11, "event.severity", FieldType.LONG, FieldOrigin.ECS, "Severity as the source numbers it"),
  EVENT_DURATION(12, "event.duration", FieldType.LONG, FieldOrigin.ECS, "Duration in nanoseconds"),
  EVENT_START(13, "event.start", FieldType.TIMESTAMP, FieldOrigin.ECS, "When the activity began"),
  EVENT_END(14, "event.end", FieldType.TIMESTAMP, FieldOrigin.ECS, "When the activity ended"),
  EVENT_ORIGINAL(
      15,
      "event.original",
      FieldType.BINARY,
      FieldOrigin.ECS,
      "The record exactly as it was received"),
  MESSAGE(16, "message", FieldType.TEXT, FieldOrigin.ECS, "The text a person reads"),
  TAGS(17, "tags", FieldType.KEYWORDS, FieldOrigin.ECS, "Free marks set by collectors"),
  ERROR_CODE(18, "error.code", FieldType.KEYWORD, FieldOrigin.ECS, "Stable code of a failure"),
  ERROR_MESSAGE(19, "error.message", FieldType.TEXT, FieldOrigin.ECS, "What failed"),
  ERROR_TYPE(20, "error.type", FieldType.KEYWORD, FieldOrigin.ECS, "Class of a failure"),
  HOST_NAME(30, "host.name", FieldType.KEYWORD, FieldOrigin.ECS, "Host the event is about"),
  HOST_HOSTNAME(
      31, "host.hostname", FieldType.KEYWORD, FieldOrigin.ECS, "Host name as the host reports it"),
  HOST_IP(32, "host.ip", FieldType.IP, FieldOrigin.ECS, "Address of the host the event is about"),
  OBSERVER_NAME(
      33,
      "observer.name",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Device or proxy that observed the event"),
  OBSERVER_TYPE(
      34,
      "observer.type",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Kind of observer: proxy, firewall, ..."),
  SERVICE_NAME(
      35, "service.name", FieldType.KEYWORD, FieldOrigin.ECS, "Service the event is about"),
  PROCESS_NAME(36, "process.name", FieldType.KEYWORD, FieldOrigin.ECS, "Name of the process"),
  PROCESS_PID(37, "process.pid", FieldType.LONG, FieldOrigin.ECS, "Number of the process"),
  PROCESS_EXECUTABLE(
      38, "process.executable", FieldType.KEYWORD, FieldOrigin.ECS, "Path of the executable"),
  PROCESS_COMMAND_LINE(
      39, "process.command_line", FieldType.TEXT, FieldOrigin.ECS, "Full command line"),
  PROCESS_WORKING_DIRECTORY(
      40, "process.working_directory", FieldType.KEYWORD, FieldOrigin.ECS, "Working directory"),
  USER_NAME(50, "user.name", FieldType.KEYWORD, FieldOrigin.ECS, "Account that acted"),
  USER_ID(51, "user.id", FieldType.KEYWORD, FieldOrigin.ECS, "Number or id of the account"),
  USER_FULL_NAME(52, "user.full_name", FieldType.KEYWORD, FieldOrigin.ECS, "Name of the person"),
  USER_ROLES(53, "user.roles", FieldType.KEYWORDS, FieldOrigin.ECS, "Roles the account held"),
  USER_DOMAIN(
      54, "user.domain", FieldType.KEYWORD, FieldOrigin.ECS, "Domain or directory of the account"),
  USER_EFFECTIVE_NAME(
      55,
      "user.effective.name",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Account whose rights or log-in were used"),
  USER_TARGET_NAME(
      56, "user.target.name", FieldType.KEYWORD, FieldOrigin.ECS, "Account that was acted upon"),
  GROUP_NAME(57, "group.name", FieldType.KEYWORD, FieldOrigin.ECS, "Group that was acted upon"),
  SOURCE_IP(60, "source.ip", FieldType.IP, FieldOrigin.ECS, "Address the activity came from"),
  SOURCE_PORT(61, "source.port", FieldType.LONG, FieldOrigin.ECS, "Port the activity came from"),
  SOURCE_ADDRESS(
      62,
      "source.address",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Address or name the activity came from, as reported"),
  SOURCE_DOMAIN(
      63,
      "source.domain",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Domain name the activity came from"),
  DESTINATION_IP(
      64, "destination.ip", FieldType.IP, FieldOrigin.ECS, "Address the activity went to"),
  DESTINATION_PORT(
      65, "destination.port", FieldType.LONG, FieldOrigin.ECS, "Port the activity went to"),
  DESTINATION_ADDRESS(
      66,
      "destination.address",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Address or name the activity went to, as reported"),
  CLIENT_IP(67, "client.ip", FieldType.IP, FieldOrigin.ECS, "Address of the client"),
  CLIENT_ADDRESS(
      68,
      "client.address",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Address of the client, as reported"),
  SERVER_IP(69, "server.ip", FieldType.IP, FieldOrigin.ECS, "Address of the server"),
  SERVER_ADDRESS(
      70,
      "server.address",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Address of the server, as reported"),
  NETWORK_PROTOCOL(
      71,
      "network.protocol",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Application protocol, for example ssh"),
  NETWORK_TRANSPORT(72, "network.transport", FieldType.KEYWORD, FieldOrigin.ECS, "tcp or udp"),
  NETWORK_APPLICATION(
      73,
      "network.application",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Application recognised in the traffic"),
  TLS_VERSION(
      74, "tls.version", FieldType.KEYWORD, FieldOrigin.ECS, "Protocol version of the transport"),
  TLS_CLIENT_HASH(
      75,
      "tls.client.hash.sha256",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "SHA-256 of the certificate that a client has shown"),
  TLS_CLIENT_SUBJECT(
      76,
      "tls.client.subject",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Subject of the certificate that a client has shown"),
  LOG_LEVEL(80, "log.level", FieldType.KEYWORD, FieldOrigin.ECS, "Level as the source names it"),
  LOG_LOGGER(81, "log.logger", FieldType.KEYWORD, FieldOrigin.ECS, "Logger that wrote the record"),
  LOG_FILE_PATH(
      82, "log.file.path", FieldType.KEYWORD, FieldOrigin.ECS, "File the record was read from"),
  LOG_SYSLOG_APPNAME(
      83,
      "log.syslog.appname",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "APP-NAME (RFC 5424 section 6.2.5)"),
  LOG_SYSLOG_FACILITY_CODE(
      84,
      "log.syslog.facility.code",
      FieldType.LONG,
      FieldOrigin.ECS,
      "Facility number (RFC 5424 section 6.2.1)"),
  LOG_SYSLOG_FACILITY_NAME(
      85, "log.syslog.facility.name", FieldType.KEYWORD, FieldOrigin.ECS, "Facility name"),
  LOG_SYSLOG_SEVERITY_CODE(
      86,
      "log.syslog.severity.code",
      FieldType.LONG,
      FieldOrigin.ECS,
      "Severity number (RFC 5424 section 6.2.1)"),
  LOG_SYSLOG_SEVERITY_NAME(
      87, "log.syslog.severity.name", FieldType.KEYWORD, FieldOrigin.ECS, "Severity name"),
  LOG_SYSLOG_PRIORITY(
      88,
      "log.syslog.priority",
      FieldType.LONG,
      FieldOrigin.ECS,
      "PRIVAL (RFC 5424 section 6.2.1)"),
  LOG_SYSLOG_HOSTNAME(
      89,
      "log.syslog.hostname",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "HOSTNAME (RFC 5424 section 6.2.4)"),
  LOG_SYSLOG_MSGID(
      90, "log.syslog.msgid", FieldType.KEYWORD, FieldOrigin.ECS, "MSGID (RFC 5424 section 6.2.7)"),
  LOG_SYSLOG_PROCID(
      91,
      "log.syslog.procid",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "PROCID (RFC 5424 section 6.2.6)"),
  LOG_SYSLOG_VERSION(
      92,
      "log.syslog.version",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "VERSION (RFC 5424 section 6.2.2)"),
  LOG_SYSLOG_STRUCTURED_DATA(
      93,
      "log.syslog.structured_data",
      FieldType.TEXT,
      FieldOrigin.ECS,
      "STRUCTURED-DATA as received (RFC 5424 section 6.3)"),
  RULE_ID(100, "rule.id", FieldType.KEYWORD, FieldOrigin.ECS, "Rule that fired"),
  RULE_NAME(101, "rule.name", FieldType.KEYWORD, FieldOrigin.ECS, "Name of the rule"),
  RULE_VERSION(102, "rule.version", FieldType.KEYWORD, FieldOrigin.ECS, "Version of the rule"),
  RULE_CATEGORY(103, "rule.category", FieldType.KEYWORD, FieldOrigin.ECS, "Category of the rule"),
  THREAT_TECHNIQUE_ID(
      104, "threat.technique.id", FieldType.KEYWORDS, FieldOrigin.ECS, "ATT&CK technique"),
  RELATED_USER(
      105, "related.user", FieldType.KEYWORDS, FieldOrigin.ECS, "Every account the event names"),
  RELATED_IP(
      106, "related.ip", FieldType.KEYWORDS, FieldOrigin.ECS, "Every address the event names"),
  RELATED_HOSTS(
      107, "related.hosts", FieldType.KEYWORDS, FieldOrigin.ECS, "Every host the event names"),
  URL_ORIGINAL(108, "url.original", FieldType.KEYWORD, FieldOrigin.ECS, "URL as received"),
  URL_PATH(109, "url.path", FieldType.KEYWORD, FieldOrigin.ECS, "Path of the URL"),
  URL_DOMAIN(110, "url.domain", FieldType.KEYWORD, FieldOrigin.ECS, "Host of the URL"),
  HTTP_REQUEST_METHOD(
      111, "http.request.method", FieldType.KEYWORD, FieldOrigin.ECS, "HTTP method"),
  HTTP_RESPONSE_STATUS_CODE(
      112, "http.response.status_code", FieldType.LONG, FieldOrigin.ECS, "HTTP status"),
  USER_AGENT_ORIGINAL(
      113, "user_agent.original", FieldType.TEXT, FieldOrigin.ECS, "User-Agent as received"),
  FILE_PATH(114, "file.path", FieldType.KEYWORD, FieldOrigin.ECS, "File that was acted upon"),
  FILE_NAME(115, "file.name", FieldType.KEYWORD, FieldOrigin.ECS, "Name of the file"),
  TRACE_ID(116, "trace.id", FieldType.KEYWORD, FieldOrigin.ECS, "Trace the event belongs to"),
  EVENT_URL(
      118,
      "event.url",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Page that shows the object of the event"),
  EVENT_TIMEZONE(
      119,
      "event.timezone",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Time zone in which a time without one was read"),
  DEVICE_ID(
      120,
      "device.id",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Device the activity came from, in the register of devices"),
  NETWORK_FORWARDED_IP(
      121,
      "network.forwarded_ip",
      FieldType.IP,
      FieldOrigin.ECS,
      "Address of the client behind a proxy or an application"),
  SOURCE_GEO_NAME(
      122,
      "source.geo.name",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Site or place the activity came from"),
  SOURCE_GEO_LOCATION(
      123,
      "source.geo.location",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "Latitude and longitude of that place in degrees, with a comma between"),
  USER_TARGET_ROLES(
      124,
      "user.target.roles",
      FieldType.KEYWORDS,
      FieldOrigin.ECS,
      "Roles that the account acted upon was given"),
  FILE_SIZE(125, "file.size", FieldType.LONG, FieldOrigin.ECS, "Size of the file in bytes"),
  FILE_HASH(
      126,
      "file.hash.sha256",
      FieldType.KEYWORD,
      FieldOrigin.ECS,
      "SHA-256 of the file, hexadecimal"),
  DB_SYSTEM(
      200,
      "db.system",
      FieldType.KEYWORD,
      FieldOrigin.DB,
      "Database product: postgresql, mysql, ..."),
  DB_NAME(201, "db.name", FieldType.KEYWORD, FieldOrigin.DB, "Database"),
  DB_SCHEMA(202, "db.schema", FieldType.KEYWORD, FieldOrigin.DB, "Schema"),
  DB_TABLE(
      203,
      "db.table",
      FieldType.KEYWORDS,
      FieldOrigin.DB,
      "Tables the statement touched, schema-qualified"),
  DB_COLUMNS(
      204, "db.columns", FieldType.KEYWORDS, FieldOrigin.DB, "Columns the statement touched"),
  DB_OPERATION(
      205,
      "db.operation",
      FieldType.KEYWORD,
      FieldOrigin.DB,
      "SELECT, INSERT, UPDATE, DELETE, COPY, ..."),
  DB_STATEMENT(
      206,
      "db.statement",
      FieldType.TEXT,
      FieldOrigin.DB,
      "Statement text, without values above clearance"),
  DB_STATEMENT_HASH(
      207,
      "db.statement.hash",
      FieldType.KEYWORD,
      FieldOrigin.DB,
      "Digest of the normalised statement"),
  DB_ROWS_RETURNED(
      208, "db.rows.returned", FieldType.LONG, FieldOrigin.DB, "Rows returned to the client"),
  DB_ROWS_AFFECTED(209, "db.rows.affected", FieldType.LONG, FieldOrigin.DB, "Rows changed"),
  DB_SESSION_ID(210, "db.session.id", FieldType.KEYWORD, FieldOrigin.DB, "Database session"),
  DB_CLIENT_APP(
      211,
      "db.client.app",
      FieldType.KEYWORD,
      FieldOrigin.DB,
      "application_name or driver of the client"),
  DB_BYTES_RETURNED(
      212, "db.bytes.returned", FieldType.LONG, FieldOrigin.DB, "Bytes returned to the client"),
  DB_KEY_VALUES(
      213,
      "db.key.values",
      FieldType.KEYWORDS,
      FieldOrigin.DB,
      "Values of row keys without sensitive content that the statement asks for"),
  DB_KEY_FROM(
      214,
      "db.key.from",
      FieldType.LONG,
      FieldOrigin.DB,
      "First key of the range of rows that was asked for"),
  DB_KEY_TO(
      215,
      "db.key.to",
      FieldType.LONG,
      FieldOrigin.DB,
      "Last key of the range of rows that was asked for, inclusive"),
  DB_PREDICATE_DIGESTS(
      216,
      "db.predicate.digests",
      FieldType.KEYWORDS,
      FieldOrigin.DB,
      "Keyed digests of the conditions of the statement, one for each"),
  DB_AGGREGATE(
      217,
      "db.aggregate",
      FieldType.KEYWORD,
      FieldOrigin.DB,
      "Aggregate that the statement asks for: count, sum, avg, ..."),
  DB_RESULT_COUNT(
      218, "db.result.count", FieldType.LONG, FieldOrigin.DB, "Number that a count answered"),
  DB_TABLE_ROWS(219, "db.table.rows", FieldType.LONG, FieldOrigin.DB, "Rows that the table had"),
  DB_ROW_DIGESTS(
      220,
      "db.row.digests",
      FieldType.KEYWORDS,
      FieldOrigin.DB,
      "Keyed digests of the rows that were changed or paid for"),
  DB_VALUE_BEFORE(
      221,
      "db.value.before",
      FieldType.KEYWORD,
      FieldOrigin.DB,
      "Keyed digest of the value before the change"),
  DB_VALUE_AFTER(
      222,
      "db.value.after",
      FieldType.KEYWORD,
      FieldOrigin.DB,
      "Keyed digest of the value after the change"),
  GOV_DATA_LEVEL(
      250,
      "gov.data.level",
      FieldType.LONG,
      FieldOrigin.GOV,
      "Highest level of the data touched, 1..4"),
  GOV_DATA_CATEGORY(
      251,
      "gov.data.category",
      FieldType.KEYWORDS,
      FieldOrigin.GOV,
      "Categories of the data touched"),
  GOV_SUBJECTS(
      252,
      "gov.subjects",
      FieldType.BINARY,
      FieldOrigin.GOV,
      "Sketch of the distinct persons the data is about"),
  GOV_SUBJECTS_COUNT(
      253,
      "gov.subjects.count",
      FieldType.LONG,
      FieldOrigin.GOV,
      "Estimated number of distinct persons the data is about"),
  GOV_SUBJECTS_KEY(
      390,
      "gov.subjects.key",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Name of the key under which identifiers of persons were hashed"),
  GOV_SUBJECTS_ROWS(
      391,
      "gov.subjects.rows",
      FieldType.LONG,
      FieldOrigin.GOV,
      "Rows of which it is known whom they are about"),
  GOV_SUBJECTS_SPILLED(
      392,
      "gov.subjects.spilled",
      FieldType.LONG,
      FieldOrigin.GOV,
      "Estimated number of persons that are in the sketch and not among the listed hashes"),
  GOV_MASK_APPLIED(
      254, "gov.mask.applied", FieldType.KEYWORDS, FieldOrigin.GOV, "Columns that were masked"),
  GOV_DECISION(255, "gov.decision", FieldType.KEYWORD, FieldOrigin.GOV, "allow, mask or deny"),
  GOV_POLICY_VERSION(
      256,
      "gov.policy.version",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Policy the decision was made under"),
  GOV_TICKET_ID(
      257,
      "gov.ticket.id",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Work ticket or approval the access refers to"),
  GOV_CATALOGUE_ID(
      258, "gov.catalogue.id", FieldType.KEYWORD, FieldOrigin.GOV, "Data set in the catalogue"),
  GOV_DEPARTMENT_CODE(
      259, "gov.department.code", FieldType.KEYWORD, FieldOrigin.GOV, "Unit the actor belongs to"),
  GOV_DEPARTMENT_NAME(
      260,
      "gov.department.name",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Name of the unit the actor belongs to"),
  GOV_PERSON_TYPE(
      261, "gov.person.type", FieldType.KEYWORD, FieldOrigin.GOV, "staff, outsourced or service"),
  GOV_PERSON_ID(
      262,
      "gov.person.id",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Person behind the account, in the register of persons"),
  GOV_VENDOR_ID(
      263, "gov.vendor.id", FieldType.KEYWORD, FieldOrigin.GOV, "Vendor the person works for"),
  GOV_SITE(264, "gov.site", FieldType.KEYWORD, FieldOrigin.GOV, "Site that recorded the event"),
  GOV_TIER(265, "gov.tier", FieldType.KEYWORD, FieldOrigin.GOV, "province, city or district"),
  GOV_OWNER_CODE(
      266, "gov.owner.code", FieldType.KEYWORD, FieldOrigin.GOV, "Unit that answers for the data"),
  GOV_PURPOSE(
      267,
      "gov.purpose",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Purpose that was declared for the access"),
  GOV_RAW_HASH(
      270,
      "gov.raw.hash",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "SHA-256 of the record as received, hexadecimal"),
  GOV_CLOCK_SKEW(
      271,
      "gov.clock.skew",
      FieldType.LONG,
      FieldOrigin.GOV,
      "Event time minus receipt time in microseconds, where it exceeds what is allowed"),
  GOV_GAP_FROM(
      272,
      "gov.gap.from",
      FieldType.LONG,
      FieldOrigin.GOV,
      "First sequence number that is missing"),
  GOV_GAP_TO(
      273, "gov.gap.to", FieldType.LONG, FieldOrigin.GOV, "Last sequence number that is missing"),
  GOV_SILENCE_SECONDS(
      274,
      "gov.silence.seconds",
      FieldType.LONG,
      FieldOrigin.GOV,
      "How long a source has been silent"),
  GOV_ORIGIN_ID(
      275,
      "gov.origin.id",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Source that a report about a source is about"),
  GOV_CLIENT_ID(
      276, "gov.client.id", FieldType.KEYWORD, FieldOrigin.GOV, "The client's own id of the event"),
  GOV_ALERT_ID(280, "gov.alert.id", FieldType.KEYWORD, FieldOrigin.GOV, "Alert the entry is about"),
  GOV_INCIDENT_ID(
      281, "gov.incident.id", FieldType.KEYWORD, FieldOrigin.GOV, "Incident the entry is about"),
  GOV_INCIDENT_STATE(
      282, "gov.incident.state", FieldType.KEYWORD, FieldOrigin.GOV, "State the incident moved to"),
  GOV_INCIDENT_PREVIOUS_STATE(
      283,
      "gov.incident.previous_state",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "State the incident moved from"),
  GOV_INCIDENT_ASSIGNEE(
      284,
      "gov.incident.assignee",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Officer the incident belongs to"),
  GOV_NOTE(285, "gov.note", FieldType.TEXT, FieldOrigin.GOV, "What an officer wrote"),
  GOV_LEAVES(
      286, "gov.leaves", FieldType.KEYWORDS, FieldOrigin.GOV, "Leaf indexes the entry refers to"),
  GOV_SYSTEM_ID(
      560, "gov.system.id", FieldType.KEYWORD, FieldOrigin.GOV, "Graded system the entry is about"),
  GOV_ASSESSMENT_ID(
      561,
      "gov.assessment.id",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Assessment round the entry is about"),
  GOV_TASK_ID(
      562,
      "gov.task.id",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Rectification task the entry is about"),
  GOV_CONTROL_ID(
      563,
      "gov.control.id",
      FieldType.KEYWORDS,
      FieldOrigin.GOV,
      "Items of frameworks the entry is about, as FRAMEWORK/ITEM"),
  GOV_CONTROL_OBJECT(
      564,
      "gov.control.object",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "What of the system was assessed"),
  GOV_CONTROL_OUTCOME(
      565, "gov.control.outcome", FieldType.KEYWORD, FieldOrigin.GOV, "What the items came to"),
  GOV_LOOK_UP_COLUMNS(
      330,
      "gov.look_up.columns",
      FieldType.KEYWORDS,
      FieldOrigin.GOV,
      "Columns by whose true values rows were looked up"),
  GOV_LOOK_UP_DIGESTS(
      331,
      "gov.look_up.digests",
      FieldType.KEYWORDS,
      FieldOrigin.GOV,
      "Keyed digests of the values that were looked up, hexadecimal"),
  GOV_BUDGET_LIMIT(
      332,
      "gov.budget.limit",
      FieldType.LONG,
      FieldOrigin.GOV,
      "Values that may be looked up in the period"),
  GOV_BUDGET_USED(
      333,
      "gov.budget.used",
      FieldType.LONG,
      FieldOrigin.GOV,
      "Values that were looked up in the period"),
  GOV_BUDGET_REFILL(
      334,
      "gov.budget.refill",
      FieldType.TIMESTAMP,
      FieldOrigin.GOV,
      "When the next period begins"),
  GOV_CONTENT_VERSION(
      290,
      "gov.content.version",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Version of the rules or facts that were put in force"),
  GOV_CONTENT_HASH(
      291,
      "gov.content.hash",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "SHA-256 of the rules or facts that were put in force, hexadecimal"),
  GOV_GRANT_ID(
      320,
      "gov.grant.id",
      FieldType.KEYWORDS,
      FieldOrigin.GOV,
      "Grants by which values above the clearance were shown"),
  GOV_GRANT_APPROVER(
      321, "gov.grant.approver", FieldType.KEYWORDS, FieldOrigin.GOV, "Who approved these grants"),
  GOV_GRANT_PURPOSE(
      322,
      "gov.grant.purpose",
      FieldType.KEYWORDS,
      FieldOrigin.GOV,
      "Purposes that these grants were given for"),
  GOV_LOOK_UP_OPERATOR(
      340,
      "gov.look_up.operator",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "How values were compared: equal, prefix, substring or range"),
  GOV_LOOK_UP_PREFIXES(
      341,
      "gov.look_up.prefixes",
      FieldType.KEYWORDS,
      FieldOrigin.GOV,
      "Keyed digests of every prefix of the pattern, shortest first, the pattern itself last"),
  GOV_LOOK_UP_LENGTH(
      342,
      "gov.look_up.length",
      FieldType.LONG,
      FieldOrigin.GOV,
      "Characters of the pattern that were given"),
  GOV_SUBJECTS_DIGESTS(
      343,
      "gov.subjects.digests",
      FieldType.KEYWORDS,
      FieldOrigin.GOV,
      "Keyed digests of persons the data is about, where they are few"),
  GOV_WATERMARK_ID(
      344,
      "gov.watermark.id",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Watermark that an export carries, or that was found"),
  GOV_HONEY_IDS(
      345,
      "gov.honey.ids",
      FieldType.KEYWORDS,
      FieldOrigin.GOV,
      "Planted records that were touched"),
  GOV_API_ID(
      346, "gov.api.id", FieldType.KEYWORD, FieldOrigin.GOV, "Sharing interface that was called"),
  GOV_API_KEY_ID(
      347,
      "gov.api.key.id",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Number of the key that called, not the key itself"),
  GOV_API_FIELDS(
      348, "gov.api.fields", FieldType.KEYWORDS, FieldOrigin.GOV, "Fields that a call asked for"),
  GOV_API_RECORDS(
      349,
      "gov.api.records",
      FieldType.LONG,
      FieldOrigin.GOV,
      "Records that a call was answered with"),
  GOV_API_CONTRACT_VERSION(
      350,
      "gov.api.contract.version",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Version of the sharing contract the call refers to"),
  GOV_PROJECT_ID(
      351,
      "gov.project.id",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Approved project the access belongs to"),
  GOV_APPROVERS(
      352,
      "gov.approvers",
      FieldType.KEYWORDS,
      FieldOrigin.GOV,
      "Who approved the change or the ticket"),
  GOV_GRANT_REQUESTER(
      353,
      "gov.grant.requester",
      FieldType.KEYWORDS,
      FieldOrigin.GOV,
      "Who asked for these grants"),
  GOV_CHANNEL(
      354,
      "gov.channel",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Way by which data left a device: usb, im, mail, print, screenshot or dlp"),
  GOV_SIGHTING_DIGEST(
      355,
      "gov.sighting.digest",
      FieldType.KEYWORD,
      FieldOrigin.GOV,
      "Keyed digest of an account or address that an incident of a site is about"),
  GOV_ACCOUNT_CREATED(
      356,
      "gov.account.created",
      FieldType.TIMESTAMP,
      FieldOrigin.GOV,
      "When the account was created"),
  GOV_ACCOUNT_LAST_SEEN(
      357,
      "gov.account.last_seen",
      FieldType.TIMESTAMP,
      FieldOrigin.GOV,
      "When the account was used before"),
  GOV_PERSON_LEAVES(
      358,
      "gov.person.leaves",
      FieldType.TIMESTAMP,
      FieldOrigin.GOV,
      "When the person leaves the post"),
  GOV_PERSON_RETURNED(
      359,
      "gov.person.returned",
      FieldType.TIMESTAMP,
      FieldOrigin.GOV,
      "When the person came back from leave");

  private static final int MAX_NUMBER = 1023;
  private static final @Nullable Field[] BY_NUMBER = new Field[MAX_NUMBER + 1];
  private static final Map<String, Field> BY_NAME = new HashMap<>();

  static {
    for (Field field : values()) {
      if (BY_NUMBER[field.number] != null) {
        throw new IllegalStateException("field number " + field.number + " is taken");
      }
      BY_NUMBER[field.number] = field;
      BY_NAME.put(field.fieldName, field);
    }
  }

  private final int number;
  private final String fieldName;
  private final FieldType type;
  private final FieldOrigin origin;
  private final String meaning;

  Field(int number, String fieldName, FieldType type, FieldOrigin origin, String meaning) {
    this.number = number;
    this.fieldName = fieldName;
    this.type = type;
    this.origin = origin;
    this.meaning = meaning;
  }

  /** Number in canonical bytes, 1..1023. */
  public int number() {
    return number;
  }

  /** Dotted name, for example {@code user.name}. */
  public String fieldName() {
    return fieldName;
  }

  public FieldType type() {
    return type;
  }

  public FieldOrigin origin() {
    return origin;
  }

  /** One English phrase for the reference documentation. */
  public String meaning() {
    return meaning;
  }

  /** The field of this dotted name, if it is registered. */
  public static Optional<Field> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  static @Nullable Field ofNumber(long number) {
    return number >= 0 && number <= MAX_NUMBER ? BY_NUMBER[(int) number] : null;
  }
}

-- Statements that graphical clients send when they connect and when a tree is opened: written anew, over the relations, columns
-- and functions that DBeaver, pgAdmin and Navicat ask. One statement per paragraph; both sides have to give the same rows.

SELECT version()

SHOW search_path

SHOW server_version_num

SET extra_float_digits = 3

SET application_name = 'a client - Main'

SET DateStyle=ISO; SET client_min_messages=notice; SELECT set_config('bytea_output', 'hex', false) FROM pg_show_all_settings() WHERE name = 'bytea_output'; SET client_encoding='utf-8'

SELECT current_schema(), session_user, current_user, current_database()

SELECT db.oid, db.* FROM pg_catalog.pg_database db WHERE datallowconn AND NOT datistemplate ORDER BY datname

SELECT db.oid AS did, db.datname, db.datallowconn, pg_encoding_to_char(db.encoding) AS serverencoding,
  has_database_privilege(db.oid, 'CREATE') AS cancreate, datistemplate
FROM pg_catalog.pg_database db WHERE db.datname = current_database()

SELECT r.oid AS id, r.rolname AS name, r.rolsuper AS is_superuser, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolvaliduntil, r.rolconfig,
  ARRAY(SELECT m.roleid FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid)
FROM pg_catalog.pg_roles r WHERE r.rolname = current_user

SELECT gss_authenticated, encrypted FROM pg_catalog.pg_stat_gssapi WHERE pid = pg_backend_pid()

SELECT CASE WHEN usesuper THEN pg_is_in_recovery() ELSE false END AS inrecovery,
  CASE WHEN usesuper AND pg_is_in_recovery() THEN pg_is_wal_replay_paused() ELSE false END AS isreplaypaused,
  CASE WHEN usesuper THEN pg_last_wal_receive_lsn() END, CASE WHEN usesuper THEN pg_last_wal_replay_lsn() END
FROM pg_catalog.pg_user WHERE usename = current_user

SELECT n.oid, n.*, d.description FROM pg_catalog.pg_namespace n
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = n.oid AND d.objsubid = 0 AND d.classoid = 'pg_namespace'::regclass
ORDER BY nspname

SELECT t.oid, t.*, c.relkind, format_type(nullif(t.typbasetype, 0), t.typtypmod) AS base_type_name, d.description
FROM pg_catalog.pg_type t
LEFT OUTER JOIN pg_catalog.pg_type et ON et.oid = t.typelem
LEFT OUTER JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
LEFT OUTER JOIN pg_catalog.pg_description d ON t.oid = d.objoid
WHERE t.typname IS NOT NULL AND (c.relkind IS NULL OR c.relkind = 'c') AND (et.typcategory IS NULL OR et.typcategory <> 'C')
ORDER BY t.oid

SELECT c.oid, c.*, d.description, pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS partition_expr, pg_catalog.pg_get_partkeydef(c.oid) AS partition_key
FROM pg_catalog.pg_class c
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_class'::regclass
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind NOT IN ('i', 'I', 'c') ORDER BY c.oid

SELECT c.relname, a.*, pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true) AS def_value, dsc.description, dep.objid
FROM pg_catalog.pg_attribute a
INNER JOIN pg_catalog.pg_class c ON a.attrelid = c.oid
LEFT OUTER JOIN pg_catalog.pg_attrdef ad ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum
LEFT OUTER JOIN pg_catalog.pg_description dsc ON c.oid = dsc.objoid AND a.attnum = dsc.objsubid
LEFT OUTER JOIN pg_depend dep ON dep.refobjid = a.attrelid AND dep.deptype = 'i' AND dep.refobjsubid = a.attnum AND dep.classid = dep.refclassid
WHERE NOT a.attisdropped AND c.relkind NOT IN ('i', 'I', 'c') AND c.relnamespace = 'public'::regnamespace
ORDER BY a.attrelid, a.attnum

SELECT c.oid, c.*, t.relname AS tabrelname, rt.relnamespace AS refnamespace, d.description,
  pg_catalog.pg_get_constraintdef(c.oid, true) AS definition
FROM pg_catalog.pg_constraint c
INNER JOIN pg_catalog.pg_class t ON t.oid = c.conrelid
LEFT OUTER JOIN pg_catalog.pg_class rt ON rt.oid = c.confrelid
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_constraint'::regclass
WHERE t.relkind NOT IN ('i', 'I') ORDER BY c.oid

SELECT i.*, i.indkey AS keys, c.relname, c.relnamespace, c.relam, c.reltablespace, tc.relname AS tabrelname, dsc.description,
  pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS pred_expr, pg_catalog.pg_get_expr(i.indexprs, i.indrelid, true) AS expr,
  pg_catalog.pg_relation_size(i.indexrelid) AS index_rel_size, pg_catalog.pg_stat_get_numscans(i.indexrelid) >= 0 AS scanned,
  pg_catalog.pg_get_indexdef(i.indexrelid, 1, true)
FROM pg_catalog.pg_index i
INNER JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
INNER JOIN pg_catalog.pg_class tc ON tc.oid = i.indrelid
LEFT OUTER JOIN pg_catalog.pg_description dsc ON i.indexrelid = dsc.objoid
WHERE c.relnamespace = 'public'::regnamespace ORDER BY tc.relname, c.relname

SELECT x.oid, x.*, p.pronamespace AS func_schema_id, d.description, pg_catalog.pg_get_triggerdef(x.oid, true)
FROM pg_catalog.pg_trigger x
LEFT OUTER JOIN pg_catalog.pg_proc p ON p.oid = x.tgfoid
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = x.oid
WHERE NOT x.tgisinternal ORDER BY x.oid

SELECT p.oid, p.*, pg_catalog.pg_get_expr(p.proargdefaults, 0) AS arg_defaults, l.lanname, d.description,
  pg_catalog.pg_get_function_identity_arguments(p.oid), pg_catalog.pg_get_function_result(p.oid)
FROM pg_catalog.pg_proc p
LEFT OUTER JOIN pg_catalog.pg_language l ON l.oid = p.prolang
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = p.oid
WHERE p.pronamespace = 'public'::regnamespace ORDER BY p.proname, p.oid

SELECT pg_catalog.pg_get_functiondef('add_one'::regproc)

SELECT pg_catalog.pg_get_viewdef('busy'::regclass, true)

SELECT r.oid, r.*, d.description, pg_catalog.pg_get_ruledef(r.oid, true)
FROM pg_catalog.pg_rewrite r LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = r.oid
WHERE r.ev_class = 'busy'::regclass ORDER BY r.oid

SELECT c.relname, s.*, pg_catalog.pg_sequence_last_value(c.oid) FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid WHERE c.relname = 'sale_id_seq'

SELECT last_value, is_called FROM sale_id_seq

SELECT e.*, d.description FROM pg_catalog.pg_enum e LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid = e.oid ORDER BY enumtypid, enumsortorder

SELECT a.oid, a.*, pg_catalog.pg_get_userbyid(lanowner) FROM pg_catalog.pg_language a ORDER BY 1

SELECT x.oid, cfg.tbls, x.* FROM pg_catalog.pg_extension x
LEFT JOIN (SELECT oid, array_agg(c::regclass::text) AS tbls FROM (SELECT oid, unnest(extconfig) AS c FROM pg_catalog.pg_extension) y GROUP BY oid) cfg ON x.oid = cfg.oid
ORDER BY x.oid

SELECT name, default_version, installed_version, comment FROM pg_catalog.pg_available_extensions ORDER BY name

SELECT t.oid, t.*, pg_catalog.pg_tablespace_location(t.oid) AS loc FROM pg_catalog.pg_tablespace t ORDER BY t.oid

SELECT a.oid, a.* FROM pg_catalog.pg_roles a ORDER BY a.rolname

SELECT m.*, r.rolname FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles r ON r.oid = m.roleid ORDER BY 1, 2

SELECT s.*, r.rolname, d.datname FROM pg_catalog.pg_db_role_setting s LEFT JOIN pg_catalog.pg_roles r ON r.oid = setrole LEFT JOIN pg_catalog.pg_database d ON d.oid = setdatabase

SELECT name, setting, unit, category, short_desc, context, vartype, min_val, max_val, enumvals, boot_val, reset_val
FROM pg_catalog.pg_settings WHERE name NOT IN ('application_name') ORDER BY name

SELECT string_agg(word, ',') FROM pg_catalog.pg_get_keywords() WHERE word <> ALL ('{select,from}'::text[])

SELECT c.oid, c.*, pg_catalog.pg_encoding_to_char(collencoding) FROM pg_catalog.pg_collation c WHERE collnamespace = 'public'::regnamespace

SELECT fdw.oid, fdw.*, p.proname FROM pg_catalog.pg_foreign_data_wrapper fdw LEFT OUTER JOIN pg_catalog.pg_proc p ON p.oid = fdw.fdwhandler

SELECT fs.oid, fs.* FROM pg_catalog.pg_foreign_server fs

SELECT umid, srvid, srvname, umuser, usename FROM pg_catalog.pg_user_mappings

SELECT ft.ftrelid, ft.ftoptions, s.srvname FROM pg_catalog.pg_foreign_table ft JOIN pg_catalog.pg_foreign_server s ON s.oid = ft.ftserver

SELECT i.*, c.relnamespace FROM pg_catalog.pg_inherits i, pg_catalog.pg_class c WHERE c.oid = i.inhrelid ORDER BY i.inhrelid, i.inhseqno

SELECT dep.deptype, dep.classid, dep.objid, cl.relkind, attr.attname, pg_catalog.pg_describe_object(dep.classid, dep.objid, dep.objsubid)
FROM pg_catalog.pg_depend dep
LEFT JOIN pg_catalog.pg_class cl ON dep.objid = cl.oid
LEFT JOIN pg_catalog.pg_attribute attr ON dep.objid = attr.attrelid AND dep.objsubid = attr.attnum
LEFT JOIN pg_catalog.pg_rewrite rw ON dep.objid = rw.oid AND cl.relkind IS NULL
WHERE dep.refobjid = 'shop'::regclass ORDER BY 1, 2, 3

SELECT p.*, pg_catalog.pg_get_expr(p.polqual, p.polrelid) FROM pg_catalog.pg_policy p

SELECT pub.oid, pub.* FROM pg_catalog.pg_publication pub

SELECT subname, subenabled, subpublications FROM pg_catalog.pg_subscription

SELECT count(*) FROM pg_catalog.pg_stat_activity sa WHERE sa.datname = 'nowhere'

SELECT sa.pid = pg_backend_pid(), sa.usename, sa.datname, sa.state, sa.wait_event_type, sa.backend_type, pg_catalog.pg_blocking_pids(sa.pid)
FROM pg_catalog.pg_stat_activity sa WHERE sa.pid = pg_backend_pid()

SELECT count(*) FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE l.granted IS NULL

SELECT gid, owner, database FROM pg_catalog.pg_prepared_xacts

SELECT c.relname, pg_catalog.pg_total_relation_size(c.oid) > 0 AS total, pg_catalog.pg_relation_size(c.oid) >= 0 AS size,
  pg_catalog.pg_size_pretty(0::bigint), pg_catalog.obj_description(c.oid, 'pg_class'), pg_catalog.pg_relation_filepath(c.oid)
FROM pg_catalog.pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'm') ORDER BY 1

SELECT schemaname, relname, n_live_tup >= 0, seq_scan >= 0, last_vacuum FROM pg_catalog.pg_stat_user_tables ORDER BY 1, 2

SELECT grantee, table_schema, table_name, privilege_type FROM information_schema.table_privileges WHERE table_schema = 'public' ORDER BY 1, 2, 3, 4

SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length, numeric_precision, identity_generation
FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position

SELECT tc.table_name, kcu.column_name, ccu.table_name, ccu.column_name
FROM information_schema.table_constraints tc
JOIN information_schema.key_column_usage kcu USING (constraint_schema, constraint_name)
JOIN information_schema.constraint_column_usage ccu USING (constraint_schema, constraint_name)
WHERE tc.constraint_type = 'FOREIGN KEY' ORDER BY 1, 2

SELECT has_table_privilege('shop', 'SELECT'), has_schema_privilege('public', 'CREATE'), has_sequence_privilege('sale_id_seq', 'USAGE'), pg_has_role('app', 'USAGE')

SELECT x.*, x.ctid FROM public.shop x ORDER BY x.id LIMIT 200

SELECT count(*) FROM public.shop x

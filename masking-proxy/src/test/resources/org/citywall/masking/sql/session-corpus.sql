-- Cases that hang on what the proxy keeps of a session, or takes out of the database's errors: sent through the wire alone.
-- @id HS01 kind=shadowed-until-savepoint ideal=mask check=value
SAVEPOINT s
--;;
CREATE TEMP TABLE person AS SELECT 1 AS id, 'x'::text AS phone
--;;
ROLLBACK TO SAVEPOINT s
--;;
SELECT phone FROM person
-- @id HS02 kind=path-until-savepoint ideal=mask check=value
SAVEPOINT s
--;;
SET LOCAL search_path = other
--;;
ROLLBACK TO s
--;;
SELECT phone FROM person
-- @id HS03 kind=shadowed-and-qualified ideal=mask check=value
CREATE TEMP TABLE person AS SELECT 1 AS id, 'x'::text AS phone
--;;
SELECT (SELECT max(phone) FROM public.person), phone FROM person
-- @id HS04 kind=shadowed-view-and-qualified ideal=mask check=value
CREATE TEMP VIEW person AS SELECT id, phone FROM public.person
--;;
SELECT p, public_person.phone FROM person p, public.person public_person
-- @id HS05 kind=failing-row ideal=mask check=value
UPDATE person SET id = NULL WHERE id = 1
-- @id HS06 kind=duplicate-key ideal=mask check=value
UPDATE person SET id = 2 WHERE id = 1
-- @id HS07 kind=failing-row-by-insert ideal=mask check=value
INSERT INTO person(id, dept, salary) SELECT NULL, phone, 1 FROM person
-- @id HS08 kind=overflow ideal=mask check=value
UPDATE person SET salary = salary * 10000000000000
-- @id HS09 kind=prepared-and-new-table ideal=deny check=value
PREPARE p9 AS SELECT phone FROM person
--;;
CREATE TEMP TABLE t9 AS SELECT 1 AS a
--;;
EXECUTE p9
-- @id HS10 kind=prepared-and-shadowed ideal=deny check=value
PREPARE p9 AS SELECT phone FROM person
--;;
CREATE TEMP TABLE person AS SELECT 1 AS id, 'x'::text AS phone
--;;
EXECUTE p9
-- @id HS11 kind=prepared-and-shadowed-before ideal=deny check=value
CREATE TEMP TABLE person AS SELECT 1 AS id, 'x'::text AS phone
--;;
PREPARE p9 AS SELECT phone FROM pg_temp.person
--;;
CREATE TEMP VIEW other_person AS SELECT phone FROM public.person
--;;
DISCARD TEMP
--;;
EXECUTE p9
-- @id HS12 kind=cursor-and-shadowed ideal=mask check=value
DECLARE c9 CURSOR FOR SELECT phone FROM person
--;;
CREATE TEMP TABLE person AS SELECT 1 AS id, 'x'::text AS phone
--;;
FETCH ALL FROM c9
-- @id HS13 kind=path-of-temporary-first ideal=mask check=value
CREATE TEMP TABLE person AS SELECT 1 AS id, 'x'::text AS phone
--;;
SET LOCAL search_path = public, pg_temp
--;;
SELECT phone FROM person

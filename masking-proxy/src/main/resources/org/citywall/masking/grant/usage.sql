-- Counts of grants, shared by all masking proxies before this database.
-- To be run once by a superuser, in the database that the proxies serve; again after an update. It changes no count.
BEGIN;
SET LOCAL search_path = pg_catalog, pg_temp;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'citywall_usage') THEN
    CREATE ROLE citywall_usage NOLOGIN;
  END IF;
END
$$;

CREATE SCHEMA IF NOT EXISTS citywall AUTHORIZATION citywall_usage;
REVOKE ALL ON SCHEMA citywall FROM PUBLIC;

CREATE TABLE IF NOT EXISTS citywall.usage (
  key text PRIMARY KEY CHECK (length(key) <= 400),
  used bigint NOT NULL CHECK (used >= 0),
  expires timestamp with time zone NOT NULL
);
ALTER TABLE citywall.usage OWNER TO citywall_usage;
REVOKE ALL ON citywall.usage FROM PUBLIC;

-- Takes between "at_least" and "at_most" of what is left under "cap", or nothing. The row lock makes it one step for all proxies.
CREATE OR REPLACE FUNCTION citywall.take_usage(
  wanted text, cap bigint, at_least bigint, at_most bigint, until timestamp with time zone,
  OUT taken bigint, OUT remaining bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before bigint;
BEGIN
  taken := 0;
  remaining := 0;
  IF until <= clock_timestamp() THEN
    RETURN;
  END IF;
  INSERT INTO citywall.usage AS one (key, used, expires) VALUES (wanted, 0, until)
    ON CONFLICT (key) DO UPDATE SET expires = GREATEST(one.expires, excluded.expires)
    RETURNING used INTO before;
  remaining := GREATEST(0, cap - before);
  IF remaining >= at_least THEN
    taken := LEAST(remaining, at_most);
    remaining := remaining - taken;
    UPDATE citywall.usage SET used = before + taken WHERE key = wanted;
  END IF;
END
$$;
ALTER FUNCTION citywall.take_usage(text, bigint, bigint, bigint, timestamp with time zone) OWNER TO citywall_usage;
REVOKE ALL ON FUNCTION citywall.take_usage(text, bigint, bigint, bigint, timestamp with time zone) FROM PUBLIC;

CREATE OR REPLACE FUNCTION citywall.give_back_usage(wanted text, count bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE citywall.usage SET used = GREATEST(0, used - GREATEST(0, count)) WHERE key = wanted;
$$;
ALTER FUNCTION citywall.give_back_usage(text, bigint) OWNER TO citywall_usage;
REVOKE ALL ON FUNCTION citywall.give_back_usage(text, bigint) FROM PUBLIC;

CREATE OR REPLACE FUNCTION citywall.forget_usage() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM citywall.usage WHERE expires < clock_timestamp() - interval '1 day';
$$;
ALTER FUNCTION citywall.forget_usage() OWNER TO citywall_usage;
REVOKE ALL ON FUNCTION citywall.forget_usage() FROM PUBLIC;

GRANT USAGE ON SCHEMA citywall TO PROXY_LOGIN;
GRANT EXECUTE ON FUNCTION citywall.take_usage(text, bigint, bigint, bigint, timestamp with time zone) TO PROXY_LOGIN;
GRANT EXECUTE ON FUNCTION citywall.give_back_usage(text, bigint) TO PROXY_LOGIN;
GRANT EXECUTE ON FUNCTION citywall.forget_usage() TO PROXY_LOGIN;
COMMIT;

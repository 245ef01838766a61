-- Who is asking, and the habits every table shares.
--
-- Roles (made by the portal or by the operator before this file runs):
--   clinic_owner   owns the schema and runs migrations
--   clinic_app     the portal on behalf of a signed-in person: row-level security applies
--   clinic_worker  background work (outbox, import): its own policies, no BYPASSRLS

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

GRANT USAGE ON SCHEMA public TO clinic_app, clinic_worker;

-- The signed-in person of this connection or transaction; NULL is nobody, and nobody sees no rows.
CREATE FUNCTION clinic_user() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.user_id', true), '')::uuid;

CREATE FUNCTION set_updated_at() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END $$;

-- For rows that must stay as they were written: the audit trail, note versions.
CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

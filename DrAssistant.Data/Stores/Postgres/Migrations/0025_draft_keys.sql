-- Keys for what a browser keeps of unsaved text: one a session, sealed, and gone the moment the session is revoked.

ALTER TABLE sessions ADD COLUMN draft_key bytea;
COMMENT ON COLUMN sessions.draft_key IS 'ciphertext of 32 random bytes, made when a page first asks; NULL from the moment the session is revoked';

CREATE FUNCTION forget_draft_key() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    NEW.draft_key := NULL;
    RETURN NEW;
END
$$;
REVOKE EXECUTE ON FUNCTION forget_draft_key() FROM PUBLIC;

-- Whoever revokes, by whatever way: the key cannot be forgotten to be forgotten.
CREATE TRIGGER forget_draft_key
    BEFORE INSERT OR UPDATE ON sessions
    FOR EACH ROW WHEN (NEW.revoked_at IS NOT NULL)
    EXECUTE FUNCTION forget_draft_key();

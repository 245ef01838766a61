-- Vital signs as nurses record them: what was measured together, why an unlikely value is right, and what was entered in error.

ALTER TABLE observations
    ADD COLUMN set_id       uuid,
    ADD COLUMN answer       varchar(200),
    ADD COLUMN replaces_id  uuid REFERENCES observations (id),
    ADD COLUMN derived_from uuid[],
    ADD COLUMN error_at     timestamptz,
    ADD COLUMN error_by     uuid REFERENCES users (id),
    ADD COLUMN error_reason varchar(200),
    ADD CONSTRAINT observation_error_is_whole CHECK ((error_at IS NULL) = (error_reason IS NULL) AND (error_at IS NULL OR status = 'entered_in_error'));

COMMENT ON COLUMN observations.set_id IS 'shared by what was measured together';
COMMENT ON COLUMN observations.answer IS 'why a value that was asked about is right';
COMMENT ON COLUMN observations.derived_from IS 'the values that a computed one, such as BMI, was computed from';

-- A value that was measured twice at once is one of a set; a set holds each sign once.
CREATE UNIQUE INDEX observations_once_a_set ON observations (set_id, code) WHERE set_id IS NOT NULL AND status <> 'entered_in_error';
CREATE INDEX idx_observations_derived ON observations USING gin (derived_from) WHERE derived_from IS NOT NULL;

-- What was measured stays what was measured: of a value, only the visit it belongs to and that it was an error is ever written.
REVOKE UPDATE ON observations FROM clinic_app;
GRANT UPDATE (encounter_id, status, error_at, error_by, error_reason) ON observations TO clinic_app;

-- And an error stays one, said by whoever says it; a value that belongs to a visit does not go over to another.
CREATE FUNCTION refuse_remeasuring() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user = 'clinic_app' AND (OLD.status = 'entered_in_error'
        OR NEW.status <> OLD.status AND (NEW.status <> 'entered_in_error' OR NEW.error_by IS DISTINCT FROM clinic_user() OR NEW.error_reason IS NULL)
        OR NEW.encounter_id IS DISTINCT FROM OLD.encounter_id AND OLD.encounter_id IS NOT NULL) THEN
        RAISE EXCEPTION 'what was measured is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER observations_stay BEFORE UPDATE ON observations FOR EACH ROW EXECUTE FUNCTION refuse_remeasuring();

-- Allergies as doctors and nurses keep them: allergy or intolerance, and who took one off the list, when and why.

ALTER TABLE allergies
    ADD COLUMN type         varchar(20) NOT NULL DEFAULT 'allergy',
    ADD COLUMN ended_at     timestamptz,
    ADD COLUMN ended_by     uuid REFERENCES users (id),
    ADD COLUMN ended_reason varchar(200),
    ADD CONSTRAINT valid_allergy_type CHECK (type IN ('allergy', 'intolerance')),
    ADD CONSTRAINT allergy_end_is_whole CHECK ((ended_at IS NULL) = (ended_reason IS NULL) AND (ended_at IS NULL OR status <> 'active'));

COMMENT ON COLUMN allergies.type IS 'an intolerance (nausea after erythromycin) is no allergy: checks treat it more lightly';

-- Whose it is, what it is of and who recorded it when stays; the rest is revised, or the row is taken off the list.
REVOKE UPDATE ON allergies FROM clinic_app;
GRANT UPDATE (substance, category, type, reaction, severity, status, ended_at, ended_by, ended_reason) ON allergies TO clinic_app;

CREATE FUNCTION refuse_revived_allergy() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user = 'clinic_app' AND (OLD.status = 'entered_in_error' OR (NEW.ended_by IS DISTINCT FROM OLD.ended_by AND NEW.ended_by IS DISTINCT FROM clinic_user())) THEN
        RAISE EXCEPTION 'what was entered in error stays so' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER allergies_stay_in_error BEFORE UPDATE ON allergies FOR EACH ROW EXECUTE FUNCTION refuse_revived_allergy();

-- Registration: what the form asks beyond the seed, photos, and the look-ups that keep one person from being registered twice.

ALTER TABLE patients
    ADD COLUMN guardian          bytea,
    ADD COLUMN registered_by     uuid REFERENCES users (id),
    ADD COLUMN changed_by        uuid REFERENCES users (id),
    ADD COLUMN told_apart_from   uuid[],
    ADD COLUMN told_apart_reason varchar(255),
    ADD COLUMN inactive_reason   varchar(255);

COMMENT ON COLUMN patients.guardian IS 'ciphertext: who answers for a child, as JSON';
COMMENT ON COLUMN patients.told_apart_from IS 'records that looked like this person, and that whoever registered said are other people';

-- People who were born on the same day, among whom a namesake is looked for.
CREATE INDEX idx_patient_names_dob ON patient_names (date_of_birth);

-- A doctor who registers somebody must be able to open what they have just written; reception reads every patient anyway.
ALTER TABLE care_team
    DROP CONSTRAINT valid_care_reason,
    ADD CONSTRAINT valid_care_reason
        CHECK (reason IN ('appointment', 'encounter', 'check_in', 'colleague', 'break_glass', 'import', 'registration'));

CREATE FUNCTION registration_joins_care_team() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF clinic_carer() IS NOT NULL THEN
        PERFORM join_care_team(NEW.id, clinic_carer(), 'registration', clinic_user());
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION registration_joins_care_team() FROM PUBLIC;
CREATE TRIGGER patients_join_care_team AFTER INSERT ON patients
    FOR EACH ROW EXECUTE FUNCTION registration_joins_care_team();

-- Whether a telephone number or an ABHA number stands in some record already, in or out of one's care: the same person must not be
-- registered twice because their doctor is another. Asked by keyed hashes, so only who knows a number can ask for it; answered by ids,
-- whose names every member of staff may see.
CREATE POLICY patients_owner ON patients FOR SELECT TO clinic_owner USING (true);
CREATE FUNCTION patients_by_number(asked_phone bytea, asked_abha bytea)
    RETURNS TABLE (patient_id uuid, same_phone boolean, same_abha boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, coalesce(p.phone_index = asked_phone, false), coalesce(p.abha_index = asked_abha, false) FROM patients p
    WHERE clinic_role() IN ('receptionist', 'doctor', 'nurse')
        AND (p.phone_index = asked_phone OR p.abha_index = asked_abha) AND p.status <> 'merged'
    ORDER BY 3 DESC, p.created_at DESC LIMIT 40
$$;
REVOKE ALL ON FUNCTION patients_by_number(bytea, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION patients_by_number(bytea, bytea) TO clinic_app, clinic_worker;

-- One face a patient, ciphertext. Taking it away empties the row: what was shown is gone, that it was there is not.
CREATE TABLE patient_photos (
    patient_id uuid PRIMARY KEY REFERENCES patients (id),
    media_type varchar(20),
    content    bytea,
    changed_at timestamptz NOT NULL,
    changed_by uuid REFERENCES users (id),
    CONSTRAINT valid_media_type CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
    CONSTRAINT valid_photo CHECK ((media_type IS NULL) = (content IS NULL) AND octet_length(content) <= 512 * 1024)
);
ALTER TABLE patient_photos ENABLE ROW LEVEL SECURITY;
ALTER TABLE patient_photos FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON patient_photos TO clinic_app, clinic_worker;
CREATE POLICY patient_photos_worker ON patient_photos TO clinic_worker USING (true) WITH CHECK (true);
CREATE POLICY patient_photos_read ON patient_photos FOR SELECT TO clinic_app
    USING ((SELECT clinic_role()) = 'receptionist' OR EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = patient_photos.patient_id AND (c.until IS NULL OR c.until > now())));
-- Who may edit a patient: reception, and doctors for the patients in their care.
CREATE POLICY patient_photos_add ON patient_photos FOR INSERT TO clinic_app
    WITH CHECK ((SELECT clinic_role()) = 'receptionist' OR ((SELECT clinic_role()) = 'doctor'
        AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = patient_photos.patient_id AND (c.until IS NULL OR c.until > now()))));
CREATE POLICY patient_photos_change ON patient_photos FOR UPDATE TO clinic_app
    USING ((SELECT clinic_role()) = 'receptionist' OR ((SELECT clinic_role()) = 'doctor'
        AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = patient_photos.patient_id AND (c.until IS NULL OR c.until > now()))));

-- Who hands out the privacy notice must see whether it was handed out already; other consents stay clinical.
CREATE POLICY consents_of_treatment ON consents FOR SELECT TO clinic_app
    USING ((SELECT clinic_role()) = 'receptionist' AND purpose = 'treatment');

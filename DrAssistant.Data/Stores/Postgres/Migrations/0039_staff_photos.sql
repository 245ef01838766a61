-- Pictures of those who work here, tickets of sign-in that go, and the audit trail of one patient by an index.

-- Sealed as patients' photos are. users.profile_image_url, the seed's column, says where the portal serves it.
CREATE TABLE staff_photos (
    user_id    uuid PRIMARY KEY REFERENCES users (id),
    media_type varchar(20) NOT NULL,
    content    bytea       NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by uuid        NOT NULL REFERENCES users (id),
    CONSTRAINT valid_media_type CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
    CONSTRAINT valid_photo CHECK (octet_length(content) <= 512 * 1024)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_photos TO clinic_app;
GRANT SELECT ON staff_photos TO clinic_worker;

ALTER TABLE staff_photos ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_photos FORCE ROW LEVEL SECURITY;
CREATE POLICY staff_photos_worker ON staff_photos FOR SELECT TO clinic_worker USING (true);
-- Everybody who works here may know each other's faces; one's own is one's own to change, and the admin's.
CREATE POLICY staff_photos_read ON staff_photos FOR SELECT TO clinic_app USING ((SELECT clinic_role()) IS NOT NULL);
CREATE POLICY staff_photos_add ON staff_photos FOR INSERT TO clinic_app
    WITH CHECK (user_id = (SELECT clinic_user()) OR (SELECT clinic_role()) = 'admin');
CREATE POLICY staff_photos_change ON staff_photos FOR UPDATE TO clinic_app
    USING (user_id = (SELECT clinic_user()) OR (SELECT clinic_role()) = 'admin');
CREATE POLICY staff_photos_remove ON staff_photos FOR DELETE TO clinic_app
    USING (user_id = (SELECT clinic_user()) OR (SELECT clinic_role()) = 'admin');

-- A ticket that is past its minutes is of no use to anybody, and holds an offered secret.
GRANT DELETE ON sign_in_tickets TO clinic_app, clinic_worker;

-- "Who saw this patient" asks for lists that showed many patients, too.
CREATE INDEX idx_audit_patients ON audit_events USING gin (patient_ids) WHERE patient_ids IS NOT NULL;

-- Which alert went out of the portal by which way: begun before it is sent, so that nobody is told twice.
CREATE TABLE alert_deliveries (
    alert_id uuid        NOT NULL REFERENCES alerts (id),
    channel  varchar(10) NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT now(),
    sent_at  timestamptz,
    PRIMARY KEY (alert_id, channel),
    CONSTRAINT valid_channel CHECK (channel IN ('email', 'sms'))
);
ALTER TABLE alert_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert_deliveries FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON alert_deliveries TO clinic_worker;
CREATE POLICY alert_deliveries_worker ON alert_deliveries TO clinic_worker USING (true) WITH CHECK (true);

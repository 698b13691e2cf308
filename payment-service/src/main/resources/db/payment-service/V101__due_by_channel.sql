-- Due payments are looked for by channel, so that a channel that has no room does not stand before the others. NULL where
-- nothing is due, and in rows of an instance that does not know the column yet. Such an instance still walks by_due.
ALTER TABLE payments
    ADD COLUMN next_channel VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin AFTER due_at,
    ADD KEY by_channel_due (next_channel, due_at);

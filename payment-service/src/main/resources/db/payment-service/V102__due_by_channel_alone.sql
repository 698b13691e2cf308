-- Expand, then contract: in a rolling update instances of the release before run beside the new ones and need what they
-- know. So a release only adds (V101), and what nobody walks any more is dropped here, which belongs to the release
-- after: it is for when no instance that looks for due payments over all channels is left.
ALTER TABLE payments
    DROP KEY by_due;

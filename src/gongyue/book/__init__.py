"""Where bytes meet law: entries, signatures, openings, receipts, and the replay that office and verify share."""

"""The covenant as data: text, editions, values, parties, counting, periods, citing, the refusal catalogue."""

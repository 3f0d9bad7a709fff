"""The demonstration: a fictional year through the real office, and the cheats that are found out."""

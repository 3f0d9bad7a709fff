"""Accounts: persons, and the seats by which they act for a unit, as an officer or for the authority."""

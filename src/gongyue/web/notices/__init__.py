"""Notices: what a person is told in the pages and by mail; nothing confidential travels."""

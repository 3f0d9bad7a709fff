"""The house people enter: public site, workspace, desk, authority and API, over one office (house, floor 5)."""

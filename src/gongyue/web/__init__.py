"""The rooms people enter: public site, workspace, desk, authority and API, over one office."""

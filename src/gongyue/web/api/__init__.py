"""The API: every act and every read as typed JSON."""

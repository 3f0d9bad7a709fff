"""Keys of programs, each bound to a party and a role."""

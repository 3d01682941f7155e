"""psoas: hip care that a person, or a physiotherapy clinic, runs for themselves."""

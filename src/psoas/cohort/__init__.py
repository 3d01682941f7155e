"""Floor 4: many people at once, from one table to another."""

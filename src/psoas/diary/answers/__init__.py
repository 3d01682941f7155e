"""From a day table to answers: what goes with the pain, and how sure that is."""
